from parts.modern import Bolt

size = 3
