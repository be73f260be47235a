try:
    from tasks.optional import Queue
except ImportError:
    Queue = None
