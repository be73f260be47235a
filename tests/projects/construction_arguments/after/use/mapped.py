from post.letter import Letter
from post.office import write


def stamp():
    return "stamped"


def letters(me, token=None):
    yield write(text="a", sender=me)
    yield write(text="a", sender=me)
    yield write(sender=me, text="a")
    yield write(text="a", sender=me, copies=2)
    yield write(text="a", sender=me)
    yield write(sender=me)
    yield write(sender=me, copies=3)
    yield write(text="a", sender=me, copies=3,)
    yield write(
        text="a",  # what
        # who
        sender=me,  # how
    )
    yield write(  # first
        text="a"
        , sender = me  # who
    )
    yield write(text=(yield "b"), sender=me)
    yield write(text=(text := "c"), sender=me, copies=lambda copies=1: copies)
    yield write(text="d" "e", sender=me, copies=1 if text else 2)
    yield write(text=[*text], sender=not me)
    yield write(text=write(text="f", sender=me).parts[0], sender=Letter(*("g", me)).parts[1])
    yield Letter("h", me, stamp=stamp())
    yield Letter("i", me, stamp=(j := 2))
    yield Letter("k", me, colour="red")
    yield Letter("l", me, **{"copies": 2})
    yield Letter("m", me, 1, stamp=write(text="n", sender=me))
    yield Letter(*"o", me)
