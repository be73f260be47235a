"""The demo is what the README shows."""

from __future__ import annotations

import asyncio

from chat_backend.demo import play
from chat_backend.services.metrics import MetricsCollector


def test_the_conversation() -> None:
    collector = MetricsCollector()
    transcript = asyncio.run(play(collector))

    assert transcript[0] == "[phone] message  alice: hi bob, are you there?"
    assert transcript[-1] == "[phone] notice   admin: maintenance at noon"
    assert len(transcript) == 8
    assert collector.summary() == "counted: 2 message"
