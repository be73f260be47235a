"""All that goes over the wire."""
from service.sources import silent


async def ping():
    return await silent() is None
