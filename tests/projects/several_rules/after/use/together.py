from house.old import Bell
from house.doors import open_door
from house.keys import cut_key

door = open_door(key=cut_key())
