def own():
    from deep.inner.new import Thing
    from ..inner import new

    return new.Thing is Thing
