import zoo.old

__all__ = ["seen", "Lion"]
seen = [zoo.old.Lion]


def __getattr__(name):
    if name == "Lion":
        return "mine"
    raise AttributeError(name)
