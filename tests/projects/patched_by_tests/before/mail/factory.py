from mail.new import Sender


def sender(name):
    return Sender(name)
