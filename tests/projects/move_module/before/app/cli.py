import importlib


def main():
    import app.util

    try:
        from app.util import shout
    except ImportError:
        shout = str
    return shout("a") + app.util.shout("b") + importlib.import_module("app.util").shout("c")
