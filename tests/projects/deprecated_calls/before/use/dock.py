from ships.dock import Dock


def for_nobody(voyage):
    return Dock.launch(), Dock.launch(None, "Ghost"), Dock.launch(voyage.captain or None)


def for_a_captain(captain):
    return Dock.launch(name="Swift"), Dock.launch(captain if captain else None)
