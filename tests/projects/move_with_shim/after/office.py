import post.mail
import post.mail.letters.plain as plain
from post.mail.box import Box

box = Box()


def send(text: str) -> int:
    return box.put(post.mail.Letter(text))


def plain_letter(text: str) -> "post.mail.letters.plain.Letter":
    return plain.Letter(text)
