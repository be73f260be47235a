import importlib
import pathlib
import warnings

warnings.simplefilter("ignore")


def describe(value):
    return f"an object of {type(value).__qualname__}" if type(value).__module__ != "builtins" else str(value)[:20]


for path in sorted(pathlib.Path("use").glob("*.py")):
    names = vars(importlib.import_module(f"use.{path.stem}"))
    print(path.stem, *(f"{name}={describe(names[name])}" for name in sorted(names) if name[0] != "_"), sep="; ")
