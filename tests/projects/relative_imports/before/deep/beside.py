from . import (
    inner,
    old,  # the old one
)

made = [old.Thing(), inner.new.Other()]
