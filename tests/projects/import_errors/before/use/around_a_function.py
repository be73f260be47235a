try:

    def make():
        from tasks.old import Queue

        return Queue()

    made = make()
except ImportError:
    made = None
