from post.letter import Letter


def parameter(sender):
    return Letter("a"), Letter(), Letter(stamp=1), Letter("b", stamp=1,), Letter(
        "c",  # what
    ), Letter(
        # nothing
    ), Letter(stamp=1, ), (lambda: Letter())(), [Letter() for _ in "a"][0]


def variable():
    first = Letter()
    sender = "variable"
    return first, Letter("a")


def several(*sender):
    return Letter("a")


def keywords(**sender):
    return Letter("a")


def maybe(sender):
    del sender
    return Letter("a")


def loop():
    return [Letter("a") for sender in "ab"]


def module():
    import sys as sender

    return Letter("a")


class Office:
    def __init__(self, sender):
        self.early = Letter("a")
        self.sender = sender
        self.late = Letter("b")

    def post(self):
        return Letter("a")

    @staticmethod
    def static(self):
        return Letter("a")

    @property
    def letter(self):
        def inner():
            return Letter("a")

        return inner()


class Other:
    def post(self):
        return Letter("a")


def nothing():
    return Letter("a", stamp=1)
