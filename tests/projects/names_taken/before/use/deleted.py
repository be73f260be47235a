from zoo.old import Lion, Puma

seen = [Lion, Puma]
del Lion, Puma
