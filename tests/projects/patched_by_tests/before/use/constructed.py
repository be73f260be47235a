from mail.new import Loud, Sender


def patched_here():
    return Sender("a")


def patched_by_nobody():
    return Loud("b")


at_import = Sender("c")
