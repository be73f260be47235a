from chat import legacy


def room():
    return legacy.Room().name()
