from zoo.cats import Cougar as Puma, Cougar as Cougar2

Cougar = "mine"
seen = [Puma, Cougar2, Cougar]
