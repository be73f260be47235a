from post.office import write


def f(sender):
    return write(text=(each for each in sender), sender=sender), write(text=(each for each in sender), sender=sender)
