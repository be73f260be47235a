import parts
from parts.single import Bolt

bolts = [Bolt(), parts.single.size]
