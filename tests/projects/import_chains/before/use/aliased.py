import parts.legacy as old, os
import parts.foreign as foreign

bolts = [old.Bolt(), foreign.Nut()]
