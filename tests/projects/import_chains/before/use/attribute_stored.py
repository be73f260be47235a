import parts.single

parts.single.Bolt.size = 3
bolts = [parts.single.Bolt.size]
del parts.single.Bolt.size
