try:
    from tasks.broken import Queue
except (ValueError, OSError):
    Queue = None
except ImportError as error:
    Queue = type(error)
