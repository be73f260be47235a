from use.by_an_attribute import Cage


class Tame(Cage):
    import zoo.old as animals

    lion = animals.Lion
    puma = animals.Puma


seen = [Tame().f()[0], Tame.lion, Tame.puma]
