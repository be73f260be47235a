import warnings

import plugins


def test_the_path_that_others_know():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        box = plugins.load("mail.box", "Box")
        letter = plugins.load("mail", "Letter")
    assert box().put(letter("four")) == 4
