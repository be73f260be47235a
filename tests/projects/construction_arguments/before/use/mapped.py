from post.letter import Letter


def stamp():
    return "stamped"


def letters(me, token=None):
    yield Letter("a", me)
    yield Letter("a", from_=me)
    yield Letter(from_=me, text="a")
    yield Letter("a", me, 2)
    yield Letter("a", me, stamp=token)
    yield Letter(stamp=token, from_=me)
    yield Letter(from_=me, stamp=token, copies=3)
    yield Letter("a", me, stamp="x", copies=3,)
    yield Letter(
        "a",  # what
        # who
        me,
        stamp=1,  # how
    )
    yield Letter(  # first
        text="a"
        , stamp=token
        , from_ = me  # who
    )
    yield Letter((yield "b"), me)
    yield Letter(text := "c", me, copies=lambda copies=1: copies)
    yield Letter("d" "e", me, 1 if text else 2)
    yield Letter([*text], not me)
    yield Letter(Letter("f", me).parts[0], Letter(*("g", me)).parts[1])
    yield Letter("h", me, stamp=stamp())
    yield Letter("i", me, stamp=(j := 2))
    yield Letter("k", me, colour="red")
    yield Letter("l", me, **{"copies": 2})
    yield Letter("m", me, 1, stamp=Letter("n", me))
    yield Letter(*"o", me)
