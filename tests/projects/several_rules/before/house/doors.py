class Door:
    def __init__(self, key):
        self.key = key


def open_door(key):
    return Door(key)
