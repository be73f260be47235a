from sockets.broadcast import BroadcastCore
from sockets.manager import Manager

made = Manager(), BroadcastCore()
