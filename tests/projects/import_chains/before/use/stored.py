import parts.other
import parts.stored

bolts = [parts.stored.Screw()]
parts.stored.Screw = parts.other.name
bolts += [parts.stored.Screw.title()]
