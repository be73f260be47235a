from ring.home import Gem, make_band
from pack.home import Gem as PackGem
import ring.home

made = [Gem(), make_band(), PackGem()]
