from zoo.cats import Lion


def later():
    global keep
    keep = "mine"
    return keep


seen = [Lion().__class__, later()]
