"""All that goes over the wire."""
from service.sources import silent
from service.helpers import RETRIES, logged
import asyncio


async def ping():
    return await silent() is None


@logged
async def ask(source, count=RETRIES):
    """Ask a source until it answers."""
    for _ in range(count):
        answer = await source()
        if answer:
            return answer
        await asyncio.sleep(0)
    return await ask(source, 1) if count > 1 else None
