from mod.both import SOURCE
from mod.both import (SOURCE as IN_PARENTHESES)

def half(:
    from mod.both import SOURCE as INSIDE
