from deep.inner.new import Thing
from ... import old as two_up
from deep.inner.new import Other as Another, Thing as Second
