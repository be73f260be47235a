from parts.modern import Bolt

Bolt.size = 3
bolts = [Bolt.size]
del Bolt.size
