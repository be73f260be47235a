"""Elsewhere, hoisted to the top of the module, and the string in the test stays."""


def load():
    from flow.datasets import Dataset

    return Dataset("loaded")
