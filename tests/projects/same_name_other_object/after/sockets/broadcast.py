from sockets.canonical import UnifiedManager as BroadcastCore
