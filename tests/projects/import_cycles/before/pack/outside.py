from pack import Gem
