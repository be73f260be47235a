from ..limits import MOST


class Letter:
    def __init__(self, text):
        self.text = text
        self.left = MOST
