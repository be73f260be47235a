"""Elsewhere, the quoted annotation and the string of the patch stay."""

import flow.datasets
from unittest import mock

made: "flow.datasets.Dataset" = flow.datasets.Dataset("made")


def patched():
    with mock.patch("flow.datasets.Dataset.name", "patched", create=True):
        return made.name
