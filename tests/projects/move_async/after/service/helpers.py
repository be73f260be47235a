"""This and that."""

import asyncio
from functools import wraps

RETRIES = 3


def logged(function):
    @wraps(function)
    async def call(*args):
        return await function(*args)

    return call


def names():
    return ["fetch"]
