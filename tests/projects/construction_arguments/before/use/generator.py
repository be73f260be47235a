from post.letter import Letter


def f(sender):
    return Letter(each for each in sender), Letter((each for each in sender), sender)
