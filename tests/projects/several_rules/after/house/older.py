from house.doors import Door
from house.keys import Key
