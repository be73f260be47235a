from house.old import Door, Key


def enter(key: Key) -> Door:
    return Door(key)
