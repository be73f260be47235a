import functools
from contextlib import asynccontextmanager, contextmanager
from functools import lru_cache

import click

from lib.decorators import logged


def plain(a, /, b, c=1, *rest, d, e=2, **options):
    pass


async def fetch(url, *, timeout=1):
    pass


async def stream(url):
    yield url


async def nested(url):
    def inner():
        yield url

    return [letter async for letter in stream(url)], inner


@lru_cache(maxsize=None)
def cached(key):
    pass


@functools.lru_cache
def cached_too(key):
    pass


@contextmanager
def managed(path):
    yield path


@asynccontextmanager
async def managed_async(path):
    yield path


@click.command()
def command(name):
    pass


@logged
def decorated(name):
    pass


@[logged][0]
def odd(name):
    pass


def redefined(a):
    pass


def redefined(a, b):
    pass


if plain:

    def variant(a):
        pass

else:

    async def variant(a):
        pass


value = plain(1, 2, d=3)
