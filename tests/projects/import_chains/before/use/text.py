import importlib

bolts = [importlib.import_module("parts.legacy").Bolt, __import__("parts.legacy").legacy.Bolt]
lists = ["parts.legacy", "parts.legacy.Washer"]  # parts.legacy.Bolt
