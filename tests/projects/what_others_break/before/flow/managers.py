class Manager:
    def __init__(self, size):
        self.size = size

    def __repr__(self):
        return f"Manager({self.size})"
