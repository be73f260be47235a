"""What tests see through their patches."""

from unittest.mock import patch

from chat import both, late, through

OLD = ["chat.legacy.Manager", "chat.legacy.Store"]


def fake(name):
    return lambda: type("Fake", (), {"name": lambda self: name})()


with patch("chat.legacy.Manager", fake("no manager")):
    print(late.manager())


@patch("chat.legacy.Store", fake("no store"))
def check():
    return through.store()


print(check(), late.manager(), through.store())
with patch("chat.legacy.Room", fake("no room")):
    print(both.room(), late.room())
