from cars.car import Bike


def decorated(bike):
    return lambda function: function


@decorated(Bike(1))
def f(default=Bike(2), *, other: object = Bike(3)) -> Bike:
    return (lambda bike=Bike(4): bike.driver + Bike(5).driver)() + default.driver + other.driver


class Garage(dict, **{"metaclass": type} if decorated(Bike(6)) else {}):
    first = Bike(7)
    all = [first.driver, *(Bike(each).driver for each in range(2))]


def g():
    yield Bike(8)
    yield from Bike(9)
    with (yield):
        return Bike(10)


made = {Bike(11).driver: [*Bike(12)], **{"a": Bike(13).driver}}, Bike(14)[1:Bike(15).driver], Bike((16)), (Bike)(17)
print(Bike(18).driver, Bike (19).driver, Bike(
    # the driver
    20  # is a number
    ,
).driver, end=Bike("\n").driver)
del made[0][11]; assert Bike(21)
