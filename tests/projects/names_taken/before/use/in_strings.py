import zoo.old


def f(lion: "Lion") -> None: ...


seen = [zoo.old.Lion, f.__annotations__["lion"]]
