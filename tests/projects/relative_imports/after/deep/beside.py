from . import (
    inner,
)
from deep.inner import new as old  # the old one

made = [old.Thing(), inner.new.Other()]
