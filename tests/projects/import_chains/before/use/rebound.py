import parts.single as box

if not box:
    import parts.other as box
bolts = [box.Bolt()]
