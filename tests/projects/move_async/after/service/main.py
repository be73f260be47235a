import asyncio

from service import helpers, sources
from service.helpers import names
from service.network import ask as get


async def both():
    return await asyncio.gather(get(sources.talking), get(sources.silent))


def run():
    return asyncio.run(both()), names()
