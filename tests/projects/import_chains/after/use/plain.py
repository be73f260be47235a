import parts.modern

bolts = [parts.modern.Bolt(), parts.modern . Bolt(), (parts.modern).Nut()]
text = f"{parts.modern.Bolt.__name__} {parts.modern.Nut.__name__!r:>{10}}"


def later(bolt: "parts.modern.Bolt", *nuts: "list[parts.modern.Nut]") -> parts.modern.Bolt:
    return [parts.modern.Bolt for parts.legacy_ in ()] or parts.modern.Nut
