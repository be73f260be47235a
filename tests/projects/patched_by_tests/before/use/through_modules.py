import mail.old
from mail import older, whole


def by_name():
    return mail.old.Sender, mail.old.Quiet


def here():
    return older.Sender, whole.Quiet


at_import = mail.old.Sender
later = lambda: mail.old.Sender
