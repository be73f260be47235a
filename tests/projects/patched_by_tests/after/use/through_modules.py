import mail.old
from mail.new import Sender
from mail import older, whole


def by_name():
    return mail.old.Sender, mail.old.Quiet


def here():
    return older.Sender, whole.Quiet


at_import = Sender
later = lambda: mail.old.Sender
