from ring.base import Gem
from pack.first import First
