from mail.new import Sender
from mail.factory import loud, sender


def patched_here():
    return Sender("a")


def patched_by_nobody():
    return loud(name="b")


at_import = sender(name="c")
