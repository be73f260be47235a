try:
    from tasks.old import Queue
except ImportError:
    from tasks.new import Queue
