from ships.yard import Yard, build_ship


def shown(log, value):
    log.append(value)
    return value


def in_order(log):
    yield build_ship(shown(log, "Jason"), shown(log, "Pelias"))
    yield build_ship(name=shown(log, "Pequod"), captain=shown(log, "Ahab"))
    yield build_ship(
        "Nemo",  # who
        name="Nautilus",  # what
    )
    yield Yard().build("Hook")
    yield build_ship("Flint", name="Walrus").name.upper()


def by_a_yard():
    yard = Yard()
    return yard.build("Sparrow", "Pearl")


def with_other_uses():
    yard = Yard()
    return yard.build("Teach"), type(yard).__name__


def with_options():
    return build_ship("Kidd", guns=34)


class Fleet:
    def __init__(self, captain):
        self.captain = captain

    def grow(self, voyage=None):
        return [build_ship(name=name) for name in "ab"]

    def shrink(self):
        captain = None
        return build_ship(captain), build_ship(getattr(self, "captain", None))


def for_a_voyage(voyage):
    return build_ship()


def for_anybody(captain=None):
    return build_ship(), build_ship(captain)


def for_somebody(captain=None):
    if captain is None:
        raise ValueError("nobody")
    return build_ship()
