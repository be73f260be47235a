class Engine:
    pass


class Motor:
    pass
