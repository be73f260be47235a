class Car:
    wheels = 4

    def __init__(self, driver=None):
        self.driver = driver

    def __getitem__(self, index):
        return self.wheels

    def __call__(self):
        return self

    def __await__(self):
        yield from ()
        return self

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exception): ...

    def __iter__(self):
        return iter([self])

    def __add__(self, other):
        return self.wheels + (other if isinstance(other, int) else other.wheels)

    def __pow__(self, other):
        return self.wheels**other

    __rpow__ = __pow__

    def __neg__(self):
        return -self.wheels


class Bike(Car):
    wheels = 2
