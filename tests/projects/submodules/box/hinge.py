def hinge():
    pass
