from ring.base import Band, Gem
