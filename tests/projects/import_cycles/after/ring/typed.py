from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ring.home import Gem


def show(gem: Gem): ...
