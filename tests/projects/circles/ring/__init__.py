from ring.left import Shared
