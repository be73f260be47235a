import asyncio

from use import everywhere, in_async, no_construction


print(asyncio.run(in_async.precedence("ab")), asyncio.run(in_async.statements("a")), asyncio.run(in_async.awaited("a")))
print(asyncio.run(in_async.nowhere("a")), everywhere.f(), everywhere.Garage.all, len(no_construction.f(no_construction.Tandem())))
