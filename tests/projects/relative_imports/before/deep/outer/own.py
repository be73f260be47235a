def own():
    from ..old import Thing
    from ..inner import new

    return new.Thing is Thing
