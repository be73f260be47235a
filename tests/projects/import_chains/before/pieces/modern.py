from parts.modern import Bolt, Nut
