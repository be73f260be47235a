"""What others have written: it takes the names that it is told."""


def load(module, name):
    return getattr(__import__(module, fromlist=[name]), name)
