try:
    from tasks.gone import Queue
except ImportError:
    try:
        from tasks.old import Queue
    except (ImportError, AttributeError):
        from tasks.new import Queue
