from cars.car import Bike, Car


async def build(driver=None):
    return Car(driver)


def weld(driver=None):
    return Bike(driver)
