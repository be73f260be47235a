from sockets.manager import Manager as BroadcastCore
