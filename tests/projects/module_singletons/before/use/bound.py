import radio.station as rs
from radio import station
from radio.station import Dial, Station, tune

plain = Station()
annotated: object = station.Station()
generic = Station[int]()
chained = again = rs._Station()
left, (middle, [right, *rest]) = 1, (tune(), [Dial.get(), 2])
(walrus := Station())
print(bool(inner := tune()))
either = None or Station()
conditional = Station() if plain else None
Radio = Station
renamed = Radio()
comprehended = [(each := Station()) for _ in range(2)]
first = second = (third := tune())


def default(station=(in_default := Station())): ...


class Station2(Station): ...


if plain:
    in_if = Station()
elif again:
    in_elif = Station()
else:
    in_else = Station()
try:
    in_try = Station()
except ImportError:
    in_except = Station()
finally:
    in_finally = Station()
for _ in range(1):
    in_for = Station()
else:
    in_for_else = Station()
while not plain:
    in_while = Station()
with open(__file__):
    in_with = Station()
match plain:
    case None:
        in_case = Station()
if __name__ != "__main__":
    in_import = Station()
stations = {"a": [Station()]}
stations["b"] = Station()
tune.station = Station()


class Holder:
    station = Station()

    def __init__(self, station=Station()): ...
