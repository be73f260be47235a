try:
    from tasks.new import Queue
except ImportError:
    HAVE_QUEUE = False
else:
    HAVE_QUEUE = True
