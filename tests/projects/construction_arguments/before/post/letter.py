class _Letter:
    def __init__(self, text="", from_=None, copies=1, *, stamp=None, colour=None):
        self.parts = text, from_, copies


Letter = _Letter
