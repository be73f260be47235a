class Screw:
    pass
