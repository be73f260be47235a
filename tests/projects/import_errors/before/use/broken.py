try:
    from tasks.broken import Queue
except ImportError:
    Queue = None
