from post.letter import Letter
from post.office import write


def f(sender):
    return Letter(each for each in sender), write(text=(each for each in sender), sender=sender)
