import pieces.modern

bolts = [pieces.modern.Bolt(), pieces.modern.Nut()]
