from sockets.manager import (
    HeartbeatConfig,
    Manager,
    WebSocketManager,  # the documented one
    create,
)

made = Manager(), WebSocketManager(), HeartbeatConfig(), create()
