from .thing import Thing
from ... import old as two_up
from ...old import Other as Another, Thing as Second
