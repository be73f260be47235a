class Box:
    def open(self):
        return "open"
