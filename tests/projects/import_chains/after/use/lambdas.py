import parts.single
from parts.modern import Bolt

bolts = [(lambda parts: parts.single.Bolt)(parts), [parts.single.Bolt for parts in [parts]], Bolt]
