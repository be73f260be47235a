import sys

if sys.path:
    import parts.modern
else:
    parts = None
bolts = [parts.modern.Bolt() if parts else None]
