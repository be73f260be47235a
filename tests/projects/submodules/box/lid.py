class Lid:
    pass
