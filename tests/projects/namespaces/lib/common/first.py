class Shadowed:
    pass
