try:
    import json
except ImportError:
    json = None
else:
    pass
from tasks.old import Queue
