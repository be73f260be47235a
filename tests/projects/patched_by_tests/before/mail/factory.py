from mail.new import Loud, Sender


def sender(name):
    return Sender(name)


def loud(name):
    return Loud(name)
