import parts.foreign

bolts = [parts.foreign.Bolt(), parts.foreign.Nut()]
