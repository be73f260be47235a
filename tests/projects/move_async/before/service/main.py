import asyncio

from service import helpers, sources
from service.helpers import fetch as get, names


async def both():
    return await asyncio.gather(get(sources.talking), helpers.fetch(sources.silent))


def run():
    return asyncio.run(both()), names()
