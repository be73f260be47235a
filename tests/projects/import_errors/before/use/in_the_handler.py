try:
    import a_library_that_is_not_there
except ImportError:
    from tasks.old import Queue

    queue = Queue()
