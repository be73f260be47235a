import asyncio
from unittest.mock import AsyncMock, patch

from service import helpers, main, network


def test_run():
    assert main.run() == (["hello", None], ["fetch"])


def test_ping():
    assert asyncio.run(network.ping())


def test_what_is_looked_up_when_it_runs():
    async def shout():
        return "HELLO"

    assert asyncio.run(helpers.fetch(shout)) == "HELLO"
    with patch("asyncio.sleep", AsyncMock()) as sleep:
        main.run()
    assert sleep.await_count == 4
