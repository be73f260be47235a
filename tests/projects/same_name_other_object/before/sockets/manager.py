import sys

from sockets.impl import _Implementation, _Implementation as WebSocketManager

Manager = _Implementation


def create():
    return Manager()


if sys.argv:
    from sockets.impl import Mode
else:
    class Mode: ...


class HeartbeatConfig: ...
