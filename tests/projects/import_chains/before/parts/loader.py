import parts.loaded
from parts.modern import Bolt, Nut
