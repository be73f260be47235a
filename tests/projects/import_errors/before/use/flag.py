try:
    from tasks.old import Queue
except ImportError:
    HAVE_QUEUE = False
else:
    HAVE_QUEUE = True
