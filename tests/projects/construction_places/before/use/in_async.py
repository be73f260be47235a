from cars.car import Car


async def precedence(d):
    return [
        Car(d).wheels,
        Car(d)[1],
        Car(d)().wheels,
        Car(d) ** 2,
        2 ** Car(d),
        -Car(d),
        not Car(d),
        Car(d) + Car(d),
        (Car(d)).wheels,
        Car(d) is None,
        (Car(d) and 1, 1 if Car(d) else 2),
        f"{Car(d).wheels} {Car(d)[1]!r:>{Car(d).wheels}}",
        f"{Car(d).wheels=}",
        [car.wheels for car in Car(d)],
        [Car(each).driver for each in "ab"],
        {Car(each).driver: each for each in "ab" if Car(each)},
        Car(Car(d).driver).driver,
    ]


async def statements(d):
    async with Car(d) as car, Car(d):
        pass
    for each in Car(d):
        car = each
    while not Car(d):
        pass
    assert Car(d), Car(d)
    if Car(d):
        car += Car(d)
    car: int = Car(d).wheels
    try:
        raise ValueError(Car(d).wheels)
    except ValueError as error:
        return (yields := [Car(d)])[0].wheels + error.args[0]


async def awaited(d):
    return (await Car(d)).wheels


async def nowhere(d, default=Car()):
    @decorated(Car(1))
    def inner(default=Car(2)):
        return Car(3).wheels

    class Local:
        car = Car(4)

    late = lambda: Car(d)
    lazy = (Car(each) for each in Car(d))
    return inner(), Local.car.wheels, late().wheels, [car.driver.wheels for car in lazy]


def decorated(car):
    return lambda function: function
