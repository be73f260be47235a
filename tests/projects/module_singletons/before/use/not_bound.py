import logging
from typing import TYPE_CHECKING

from radio.lists import PairRegistry, StateRegistry
from radio.station import Listener, Station, tune

log = logging.getLogger(__name__)
listener = Listener()
started = Station().start()
kind = Station
later = lambda: (station := Station())
state = StateRegistry(1)
pair = PairRegistry()
Station()
stations = {}
stations["a"] = Station
log.station = Station


def f():
    station = Station()
    return station


class Holder:
    station = Station

    def __init__(self):
        self.station: Station = tune()


if TYPE_CHECKING:
    typed = Station()
if __name__ == "__main__":
    main = Station()
