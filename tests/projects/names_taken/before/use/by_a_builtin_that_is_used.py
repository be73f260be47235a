import zoo.old

seen = [zoo.old.Lion, print.__name__]
