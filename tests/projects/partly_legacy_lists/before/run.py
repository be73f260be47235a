import importlib
import pathlib

for path in sorted(pathlib.Path("use").glob("*.py")):
    names = vars(importlib.import_module(f"use.{path.stem}"))
    print(path.stem, *(f"{name}={getattr(names[name], '__qualname__', '?')}" for name in sorted(names) if name[0] != "_"))
