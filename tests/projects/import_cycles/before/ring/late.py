from ring.old import Gem


class Late: ...


from ring.home import LIMIT
