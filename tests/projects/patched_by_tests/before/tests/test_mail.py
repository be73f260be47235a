import sys
from unittest.mock import Mock, patch

import mail.older
from mail import older
from use import constructed, in_functions, through_a_module, through_modules


def test_by_name():
    with patch("mail.old.Sender", "patched"):
        assert in_functions.by_name() == "patched"
        assert through_modules.by_name()[0] == "patched"
        assert through_modules.later() == "patched"
    with patch("mail.whole.Sender", "patched"):
        assert through_a_module.patched() == "patched"


def test_by_object():
    with patch.object(older, "Sender", "patched"):
        assert in_functions.by_object() == "patched"


def test_by_assignment():
    before = mail.older.Quiet
    mail.older.Quiet = "patched"
    assert in_functions.by_assignment() == "patched"
    mail.older.Quiet = before


def test_here():
    with patch("use.through_modules.whole.Quiet", "patched"):
        assert through_modules.here()[1] == "patched"
    with patch("use.constructed.Sender", return_value="patched"):
        assert constructed.patched_here() == "patched"


def test_beyond():
    with patch("mail.old.Sender.name", "patched", create=True), patch(target="mail.old.Quiet.name", create=True):
        pass
    with patch.multiple("mail.old.Sender", name="patched", create=True), patch.dict("mail.old.Sender.__dict__", ()):
        pass


def test_module():
    with patch.dict(sys.modules, {"mail.replaced": Mock()}):
        import mail.replaced
