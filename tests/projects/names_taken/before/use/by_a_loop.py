import zoo.old

seen = [(zoo.old.Lion, Lion) for Lion in "a"]
