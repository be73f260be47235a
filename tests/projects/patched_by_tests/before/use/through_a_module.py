import mail.whole


def patched():
    return mail.whole.Sender
