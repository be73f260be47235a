from post.office import write


def stamp():
    return "stamped"


def letters(me):
    yield write(text="h", sender=me)
    yield write(text="m", sender=me, copies=1)
