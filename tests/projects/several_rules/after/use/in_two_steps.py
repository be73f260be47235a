from house.doors import open_door
from house.keys import cut_key


def enter():
    return open_door(key=cut_key())
