import parts.legacy as legacy
from parts import legacy as same

bolts = [vars(legacy)["Bolt"], same is legacy]
