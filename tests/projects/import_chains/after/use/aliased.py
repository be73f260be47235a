import parts.modern as old, os
import pieces.modern as foreign

bolts = [old.Bolt(), foreign.Nut()]
