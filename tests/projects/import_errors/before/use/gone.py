try:
    from tasks.gone import Queue
except ImportError:
    Queue = None
