class Manager:
    def name(self):
        return "manager"


class Store:
    def name(self):
        return "store"


class Room:
    def name(self):
        return "room"
