class Sender:
    def __init__(self, name):
        self.name = name


class Quiet(Sender): ...


class Loud(Sender): ...
