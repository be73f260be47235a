from zoo.old import Puma, Puma as Cougar2

Cougar = "mine"
seen = [Puma, Cougar2, Cougar]
