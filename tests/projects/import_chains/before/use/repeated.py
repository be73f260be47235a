import parts.single
import parts.other

bolts = [parts.single.Bolt(), parts.other.name, parts.single.size]


def inside():
    return parts.single.Bolt
