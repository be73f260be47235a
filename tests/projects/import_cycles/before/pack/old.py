from ring.base import Gem
