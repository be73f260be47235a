import sys

sys.modules["mod.invents.made"] = object()
sys.modules.setdefault("mod.invents.made_too", object())
