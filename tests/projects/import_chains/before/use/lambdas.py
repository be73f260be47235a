import parts.single

bolts = [(lambda parts: parts.single.Bolt)(parts), [parts.single.Bolt for parts in [parts]], parts.single.Bolt]
