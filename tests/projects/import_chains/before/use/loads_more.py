import parts.loader

bolts = [parts.loader.Bolt(), parts.loaded.something]
