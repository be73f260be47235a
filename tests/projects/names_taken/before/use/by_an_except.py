import zoo.old

try:
    raise ValueError
except ValueError as Lion:
    seen = [zoo.old.Lion, type(Lion)]
