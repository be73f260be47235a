import asyncio

from ships.yard import Yard, build_ship, sail, salvage


async def awaited():
    ship = await salvage("Morgan", "Satisfaction")
    other = await Yard.order("Drake")
    return ship, other, (await salvage("Bligh")).name, f"{await salvage('Cook')}"


async def handed_on():
    return await asyncio.gather(salvage("Anne"), Yard.order("Mary"))


async def stays_async():
    departures = [sail(build_ship("Ishmael"))]
    return await departures[0], await asyncio.gather(*(sail(name) for name in "xy"))


def not_awaited():
    return sail("z")
