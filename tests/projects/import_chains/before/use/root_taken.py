import parts.foreign


def make(pieces):
    return parts.foreign.Bolt() if pieces else None
