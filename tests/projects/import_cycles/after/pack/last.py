from pack.home import Gem


class Last: ...
