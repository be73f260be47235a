import importlib
from unittest import mock

from mail import new as passed
from mail.new import Box


def f():
    from mail.new import Box as Gone

    return Gone


def g(box: "Box"):
    with mock.patch("mail.new.Box.open", lambda self: "patched"), mock.patch(target="mail.old.Box"):
        return box.open(), importlib.import_module("mail.new").Box is Box, vars(passed)["Box"] is Box
