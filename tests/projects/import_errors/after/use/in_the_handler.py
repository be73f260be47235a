try:
    import a_library_that_is_not_there
except ImportError:
    from tasks.new import Queue

    queue = Queue()
