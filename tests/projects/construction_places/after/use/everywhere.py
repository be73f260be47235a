from cars.car import Bike
from cars.plant import weld


def decorated(bike):
    return lambda function: function


@decorated(weld(driver=1))
def f(default=weld(driver=2), *, other: object = weld(driver=3)) -> Bike:
    return (lambda bike=weld(driver=4): bike.driver + weld(driver=5).driver)() + default.driver + other.driver


class Garage(dict, **{"metaclass": type} if decorated(weld(driver=6)) else {}):
    first = weld(driver=7)
    all = [first.driver, *(weld(driver=each).driver for each in range(2))]


def g():
    yield weld(driver=8)
    yield from weld(driver=9)
    with (yield):
        return weld(driver=10)


made = {weld(driver=11).driver: [*weld(driver=12)], **{"a": weld(driver=13).driver}}, weld(driver=14)[1:weld(driver=15).driver], weld(driver=(16)), (weld)(driver=17)
print(weld(driver=18).driver, weld (driver=19).driver, weld(
    # the driver
    driver=20  # is a number
    ,
).driver, end=weld(driver="\n").driver)
del made[0][11]; assert weld(driver=21)
