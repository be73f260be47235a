import importlib
from unittest import mock

from mail import old as passed
from mail.old import Box


def f():
    from mail.gone import Box as Gone

    return Gone


def g(box: "Box"):
    with mock.patch("mail.old.Box.open", lambda self: "patched"), mock.patch(target="mail.old.Box"):
        return box.open(), importlib.import_module("mail.old").Box is Box, vars(passed)["Box"] is Box
