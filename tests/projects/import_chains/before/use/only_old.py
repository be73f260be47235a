import parts.legacy

bolts = [parts.legacy.Bolt(), parts.legacy.only_here]
