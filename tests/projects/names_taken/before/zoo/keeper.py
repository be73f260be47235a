from zoo.cats import Lion


def keep():
    return Lion()
