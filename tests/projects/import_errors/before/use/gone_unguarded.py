def make():
    from tasks.gone import Queue

    return Queue()
