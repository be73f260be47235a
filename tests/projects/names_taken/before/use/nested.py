import zoo.old


def outer():
    def Lion():
        return zoo.old.Lion

    return Lion()


class A:
    class B:
        lion = zoo.old.Puma

        def f(self, Cougar=1):
            return zoo.old.Puma


seen = [outer(), A.B.lion, A.B().f()]
