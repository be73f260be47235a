from . import shallow
from .shallow import Shallow
