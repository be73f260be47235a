from house.old import Bell, Door, Key

door = Door(Key())
