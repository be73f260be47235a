from house.doors import Door, open_door


def enter(key):
    return open_door(key=key)


def break_in():
    return Door()


def knock(key):
    return Door()
