import parts.foreign

bolts = [parts.foreign.Bolt()]


def later():
    import parts.other

    return parts.other.name


def sooner():
    return parts.foreign.Nut, parts.modern.Bolt
