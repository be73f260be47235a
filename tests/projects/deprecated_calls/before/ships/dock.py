class Ship:
    def __init__(self, captain, name):
        self.captain = captain
        self.name = name

    def __repr__(self):
        return f"{self.name} of {self.captain}"


class Dock:
    @classmethod
    def launch(cls, captain=None, name="Argo"):
        return Ship(captain or "nobody", name)


async def depart(ship):
    return f"{ship} departs"
