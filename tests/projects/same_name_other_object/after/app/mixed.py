from sockets.manager import (
    HeartbeatConfig,
    WebSocketManager,  # the documented one
    create,
)
from sockets.canonical import UnifiedManager as Manager

made = Manager(), WebSocketManager(), HeartbeatConfig(), create()
