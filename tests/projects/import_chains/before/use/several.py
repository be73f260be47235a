import parts.other, parts.legacy, parts.single

bolts = [parts.legacy.Bolt(), parts.single.Bolt(), parts.single.size, parts.other.name]
