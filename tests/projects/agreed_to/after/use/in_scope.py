from post.letter import Letter
from post.office import write


def parameter(sender):
    return write(text="a", sender=sender), write(sender=sender), write(sender=sender), write(text="b", sender=sender,), write(
        text="c", sender=sender,  # what
    ), write(sender=sender
        # nothing
    ), write(sender=sender), (lambda: write(sender=sender))(), [write(sender=sender) for _ in "a"][0]


def variable():
    first = Letter()
    sender = "variable"
    return first, write(text="a", sender=sender)


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
        self.early = write(text="a", sender=sender)
        self.sender = sender
        self.late = write(text="b", sender=sender)

    def post(self):
        return write(text="a", sender=self.sender)

    @staticmethod
    def static(self):
        return Letter("a")

    @property
    def letter(self):
        def inner():
            return write(text="a", sender=self.sender)

        return inner()


class Other:
    def post(self):
        return Letter("a")


def nothing():
    return Letter("a", stamp=1)
