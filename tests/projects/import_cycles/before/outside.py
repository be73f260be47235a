from ring.old import Band, Gem
from pack.old import Gem as PackGem
import ring.home

made = [Gem(), Band(), PackGem()]
