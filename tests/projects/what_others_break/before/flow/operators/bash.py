class BashOperator:
    def __init__(self, command):
        self.command = command
