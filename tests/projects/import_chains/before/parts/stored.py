from parts.modern import Screw
