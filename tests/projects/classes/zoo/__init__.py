from zoo.animals import Animal as Beast
