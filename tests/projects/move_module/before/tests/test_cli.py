import sys
from unittest import mock

from app import cli, util


def test_main():
    assert cli.main() == "A!B!C!"


def test_patched():
    with mock.patch("app.util.VOICE", "?"), mock.patch("app.util.words.upper", str.lower):
        assert util.shout("A") == "a?"
    with mock.patch.dict("sys.modules", {"app.util": mock.Mock(shout=lambda text: "fake ")}):
        assert cli.main().startswith("fake ")
    with mock.patch.object(util, "VOICE", "."):
        assert cli.main() == "A.B.C."
    assert sys.modules["app.util"] is util
