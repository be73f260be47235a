import parts.foreign
import parts.other

bolts = [parts.foreign.Bolt(), parts.other.name]
