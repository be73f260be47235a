"""This and that."""

import asyncio
from functools import wraps

RETRIES = 3


def logged(function):
    @wraps(function)
    async def call(*args):
        return await function(*args)

    return call


@logged
async def fetch(source, count=RETRIES):
    """Ask a source until it answers."""
    for _ in range(count):
        answer = await source()
        if answer:
            return answer
        await asyncio.sleep(0)
    return await fetch(source, 1) if count > 1 else None


def names():
    return ["fetch"]
