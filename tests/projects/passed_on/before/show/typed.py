from __future__ import annotations

from typing import TYPE_CHECKING, List

if TYPE_CHECKING:
    import show.old
    from show.old import Opera, Play as P

    Both = Opera | P
else:
    Both = "Both"


def f(a: Opera, b: "P", *c: List["Opera"], **d: "show.old.Opera") -> show.old.Opera | None: ...


class Typed:
    opera: Opera
    play: "List[P]" = None

    def g(self: Typed, other: Opera = None) -> "P": ...
