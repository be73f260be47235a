from functools import partial
from unittest.mock import Mock

from cars.car import Bike


class Tandem(Bike):
    def __new__(cls, *drivers):
        return Bike.__new__(cls)

    def __init__(self, *drivers):
        Bike.__init__(self, drivers)
        super().__init__(drivers)

    @classmethod
    def for_two(cls) -> "Bike":
        return cls(1, 2)


def f(bike: Bike, kind: type[Bike] = Bike) -> "list[Bike]":
    match bike:
        case Bike(driver=1):
            return [kind(2)]
    return [Tandem(1), Tandem.for_two()] if isinstance(bike, (Bike, Tandem)) else [Mock(spec=Bike)]


lazily = partial(Bike, 1), map(Bike, [1]), Bike.wheels, Bike
