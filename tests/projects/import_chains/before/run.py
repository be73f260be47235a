import importlib
import pathlib

for path in sorted(pathlib.Path("use").glob("*.py")):
    bolts = getattr(importlib.import_module(f"use.{path.stem}"), "bolts", ())
    print(path.stem, *(str(bolt).partition(" object at")[0].partition(" at 0x")[0] for bolt in bolts))
