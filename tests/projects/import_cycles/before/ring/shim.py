from ring.home import Gem
