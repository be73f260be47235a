from house.old import Door


def enter(key):
    return Door(key)


def break_in():
    return Door()


def knock(key):
    return Door()
