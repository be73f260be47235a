from cars.car import Car
from cars.plant import build


async def precedence(d):
    return [
        (await build(driver=d)).wheels,
        (await build(driver=d))[1],
        (await build(driver=d))().wheels,
        (await build(driver=d)) ** 2,
        2 ** await build(driver=d),
        -await build(driver=d),
        not await build(driver=d),
        await build(driver=d) + await build(driver=d),
        (await build(driver=d)).wheels,
        await build(driver=d) is None,
        (await build(driver=d) and 1, 1 if await build(driver=d) else 2),
        f"{(await build(driver=d)).wheels} {(await build(driver=d))[1]!r:>{(await build(driver=d)).wheels}}",
        f"{Car(d).wheels=}",
        [car.wheels for car in await build(driver=d)],
        [(await build(driver=each)).driver for each in "ab"],
        {(await build(driver=each)).driver: each for each in "ab" if await build(driver=each)},
        (await build(driver=(await build(driver=d)).driver)).driver,
    ]


async def statements(d):
    async with await build(driver=d) as car, await build(driver=d):
        pass
    for each in await build(driver=d):
        car = each
    while not await build(driver=d):
        pass
    assert await build(driver=d), await build(driver=d)
    if await build(driver=d):
        car += await build(driver=d)
    car: int = (await build(driver=d)).wheels
    try:
        raise ValueError((await build(driver=d)).wheels)
    except ValueError as error:
        return (yields := [await build(driver=d)])[0].wheels + error.args[0]


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
