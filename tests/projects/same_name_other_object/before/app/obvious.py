from sockets.manager import WebSocketManager

made = WebSocketManager()
