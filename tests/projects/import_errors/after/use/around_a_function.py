try:

    def make():
        from tasks.new import Queue

        return Queue()

    made = make()
except ImportError:
    made = None
