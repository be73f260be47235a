from sockets.impl import Mode, _Implementation as UnifiedManager


class WebSocketManager:
    def __new__(cls):
        raise RuntimeError("ask the factory")


async def create():
    return UnifiedManager()
