from house.doors import Door, open_door
from house.keys import Key


def enter(key: Key) -> Door:
    return open_door(key=key)
