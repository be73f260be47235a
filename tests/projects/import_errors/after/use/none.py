try:
    from tasks.new import Queue
except ImportError:
    Queue = None
