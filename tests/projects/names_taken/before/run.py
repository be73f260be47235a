import importlib
import pathlib

for path in sorted(pathlib.Path("use").glob("*.py")):
    seen = getattr(importlib.import_module(f"use.{path.stem}"), "seen", ())
    print(path.stem, *(getattr(each, "__qualname__", each) for each in seen))
print(importlib.import_module("use.in_all").Lion)
