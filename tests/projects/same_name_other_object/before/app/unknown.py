try:
    from sockets.gone import Manager
except ImportError:
    from sockets.strange import Manager
from sockets.manager import Mode

name = Manager.__doc__
