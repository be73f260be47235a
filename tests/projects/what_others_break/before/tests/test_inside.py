from unittest.mock import patch

from use.inside import load


def test_load():
    with patch("flow.datasets.Dataset"):
        assert load()
