import sys
from unittest.mock import patch

import office


def test_send():
    with patch("mail.box.limits.MOST", 9):
        assert office.send("hello") == 5


def test_full(monkeypatch):
    monkeypatch.setattr("mail.limits.MOST", 0)
    try:
        office.send("hello")
    except ValueError as error:
        assert str(error) == "full"


def test_a_module_is_one():
    assert "mail.letters" in sys.modules
    assert office.plain_letter("x").left == 2
