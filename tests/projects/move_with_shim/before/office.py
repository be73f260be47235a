import mail
import mail.letters.plain as plain
from mail.box import Box

box = Box()


def send(text: str) -> int:
    return box.put(mail.Letter(text))


def plain_letter(text: str) -> "mail.letters.plain.Letter":
    return plain.Letter(text)
