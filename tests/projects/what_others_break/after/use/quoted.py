"""Elsewhere, the quoted annotation and the string of the patch stay."""

import flow.datasets
from flow.assets import Asset
from unittest import mock

made: "Asset" = Asset("made")


def patched():
    with mock.patch("flow.datasets.Dataset.name", "patched", create=True):
        return made.name
