"""One log for all."""


class Log:
    def __init__(self):
        self.rows = []

    def add(self, row):
        self.rows.append(row)


log = Log()
