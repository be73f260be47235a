import sys

if sys.path:
    import parts.legacy
else:
    parts = None
bolts = [parts.legacy.Bolt() if parts else None]
