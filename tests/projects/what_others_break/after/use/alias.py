"""Elsewhere, a hundred imports of a name that a function uses for something else."""

from flow.assets import Asset as DS


def describe(Asset):
    return DS(Asset).name
