from zoo.cats import Lion, Cougar as Puma

seen = [Lion, Puma]
del Lion, Puma
