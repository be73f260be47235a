class Shallow:
    pass
