"""``python -m chat_backend``: play a short conversation and print what everybody saw."""

from __future__ import annotations

import asyncio

from chat_backend.demo import play
from chat_backend.services.metrics import MetricsCollector

if __name__ == "__main__":
    collector = MetricsCollector()
    for line in asyncio.run(play(collector)):
        print(line)
    print(collector.summary())
