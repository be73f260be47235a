"""That the package imports the new home does not help: it has not come to that when it comes here."""

from pack.old import Gem


class First: ...
