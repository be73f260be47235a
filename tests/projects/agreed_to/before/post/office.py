from post.letter import Letter


def write(sender, text="", copies=1):
    return Letter(text, sender, copies)
