import sockets.manager as sm
from sockets import manager

made = sm.Manager(), manager.WebSocketManager(), manager.Manager()
