namespace = globals()
