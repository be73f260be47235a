from sockets.canonical import UnifiedManager as BroadcastCore
from sockets.canonical import UnifiedManager as Manager

made = Manager(), BroadcastCore()
