from zoo.cats import Lion

seen = [Lion, print.__name__]
