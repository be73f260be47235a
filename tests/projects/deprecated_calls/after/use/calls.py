from ships.yard import Yard, build_ship
from ships.dock import Dock


def shown(log, value):
    log.append(value)
    return value


def in_order(log):
    yield Dock.launch(captain=shown(log, "Jason"), name=shown(log, "Pelias"))
    yield Dock.launch(name=shown(log, "Pequod"), captain=shown(log, "Ahab"))
    yield Dock.launch(
        captain="Nemo",  # who
        name="Nautilus",  # what
    )
    yield Dock.launch(captain="Hook")
    yield Dock.launch(captain="Flint", name="Walrus").name.upper()


def by_a_yard():
    return Dock.launch(captain="Sparrow", name="Pearl")


def with_other_uses():
    yard = Yard()
    return yard.build("Teach"), type(yard).__name__


def with_options():
    return build_ship("Kidd", guns=34)


class Fleet:
    def __init__(self, captain):
        self.captain = captain

    def grow(self, voyage=None):
        return [Dock.launch(name=name, captain=self.captain) for name in "ab"]

    def shrink(self):
        captain = None
        return build_ship(captain), Dock.launch(captain=self.captain)


def for_a_voyage(voyage):
    return Dock.launch(captain=voyage.captain)


def for_anybody(captain=None):
    return build_ship(), Dock.launch(captain=captain)


def for_somebody(captain=None):
    if captain is None:
        raise ValueError("nobody")
    return Dock.launch(captain=captain)
