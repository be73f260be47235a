import zoo.old


class Cage:
    Lion = "mine"

    def f(self):
        return self.Lion, zoo.old.Lion


seen = [*Cage().f()]
