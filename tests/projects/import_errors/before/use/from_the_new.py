try:
    from tasks.new import Queue
except ImportError:
    from tasks.old import Queue
