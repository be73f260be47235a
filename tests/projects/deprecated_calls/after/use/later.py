import asyncio

from ships.yard import Yard, salvage
from ships.dock import Dock, depart


async def awaited():
    ship = Dock.launch(captain="Morgan", name="Satisfaction")
    other = Dock.launch(captain="Drake")
    return ship, other, (Dock.launch(captain="Bligh")).name, f"{Dock.launch(captain='Cook')}"


async def handed_on():
    return await asyncio.gather(salvage("Anne"), Yard.order("Mary"))


async def stays_async():
    departures = [depart(ship=Dock.launch(captain="Ishmael"))]
    return await departures[0], await asyncio.gather(*(depart(ship=name) for name in "xy"))


def not_awaited():
    return depart(ship="z")
