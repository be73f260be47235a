from sockets.canonical import UnifiedManager
from sockets import manager

made = UnifiedManager(), manager.WebSocketManager(), UnifiedManager()
