KNOWN = 1
for name in ("a", "b"):
    globals()[name] = name
