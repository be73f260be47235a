from house.old import Door, Key
