def by_name():
    from mail.old import Sender

    return Sender


def by_object():
    from mail.older import Sender

    return Sender


def by_nobody():
    from mail.new import Loud

    return Loud


def by_assignment():
    from mail.older import Quiet

    return Quiet
