import sys
from unittest import mock

from app import cli, voices as util


def test_main():
    assert cli.main() == "A!B!C!"


def test_patched():
    with mock.patch("app.voices.VOICE", "?"), mock.patch("app.voices.words.upper", str.lower):
        assert util.shout("A") == "a?"
    with mock.patch.dict("sys.modules", {"app.voices": mock.Mock(shout=lambda text: "fake ")}):
        assert cli.main().startswith("fake ")
    with mock.patch.object(util, "VOICE", "."):
        assert cli.main() == "A.B.C."
    assert sys.modules["app.voices"] is util
