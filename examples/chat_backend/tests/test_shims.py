"""Old imports work until 3.0, and say so."""

from __future__ import annotations

import importlib
import sys

import pytest

import chat_backend.events
import chat_backend.ids
from chat_backend.websocket import connection_manager

SHIMS = ["chat_backend.websocket.manager", "chat_backend.utils.ids"]


@pytest.mark.parametrize("name", SHIMS)
def test_a_shim_warns(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, name, raising=False)
    with pytest.warns(DeprecationWarning, match="old imports work until 3.0"):
        importlib.import_module(name)


def test_a_shim_passes_the_same_objects_on() -> None:
    from chat_backend.utils.ids import new_id
    from chat_backend.websocket.manager import WebSocketManager, get_connection_manager

    assert new_id is chat_backend.ids.new_id
    assert WebSocketManager is connection_manager.ConnectionManager
    assert get_connection_manager is connection_manager.get_connection_manager


def test_the_two_events_are_not_the_same() -> None:
    from chat_backend.utils.events import Event, EventKind

    assert EventKind is chat_backend.events.EventKind
    assert Event is not chat_backend.events.Event
