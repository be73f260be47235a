from post.letter import Letter


def stamp():
    return "stamped"


def letters(me):
    yield Letter("h", me, stamp=stamp())
    yield Letter("m", me, 1, stamp=Letter("n", me))
