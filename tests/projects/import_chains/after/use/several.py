import parts.other, parts.modern, parts.single
from parts.modern import Bolt

bolts = [parts.modern.Bolt(), Bolt(), parts.single.size, parts.other.name]
