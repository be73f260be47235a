import importlib


def main():
    import app.voices

    try:
        from app.voices import shout
    except ImportError:
        shout = str
    return shout("a") + app.voices.shout("b") + importlib.import_module("app.voices").shout("c")
