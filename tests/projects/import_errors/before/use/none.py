try:
    from tasks.old import Queue
except ImportError:
    Queue = None
