from mail.new import Sender
from mail.factory import sender


def patched_here():
    return Sender("a")


def patched_by_nobody():
    return sender(name="b")


at_import = sender(name="c")
