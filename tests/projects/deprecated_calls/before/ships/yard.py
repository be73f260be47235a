from ships.dock import Dock, depart


class Yard:
    def build(self, captain=None, name="Argo"):
        return Dock.launch(captain, name)

    @staticmethod
    async def order(captain=None, name="Argo"):
        return Dock.launch(captain, name)


def build_ship(captain=None, name="Argo", **options):
    return Dock.launch(captain, name)


async def salvage(captain=None, name="Argo"):
    return Dock.launch(captain, name)


async def sail(ship):
    return await depart(ship)
