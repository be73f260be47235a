try:
    import json
except ImportError:
    json = None
else:
    pass
from tasks.new import Queue
