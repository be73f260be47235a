from pack.old import Gem


class Last: ...
