import pieces.modern
import parts.other

bolts = [pieces.modern.Bolt(), parts.other.name]
