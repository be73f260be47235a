import asyncio
from types import SimpleNamespace

from use import calls, dock, later

voyage = SimpleNamespace(captain="Ulysses")
log = []
print(list(calls.in_order(log)), log)
print(calls.by_a_yard(), calls.with_other_uses(), calls.with_options())
print(calls.for_anybody("Hornblower"), dock.for_nobody(voyage))
print(asyncio.run(later.awaited()), asyncio.run(later.handed_on()), asyncio.run(later.stays_async()))
print(asyncio.run(later.not_awaited()))
