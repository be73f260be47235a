import parts.legacy

bolts = [parts.legacy.Bolt(), parts . legacy . Bolt(), (parts
         .legacy).Nut()]
text = f"{parts.legacy.Bolt.__name__} {parts.legacy.Nut.__name__!r:>{10}}"


def later(bolt: "parts.legacy.Bolt", *nuts: "list[parts.legacy.Nut]") -> parts.legacy.Bolt:
    return [parts.legacy.Bolt for parts.legacy_ in ()] or parts.legacy.Nut
