import zoo.old

Lion = "mine"
seen = [zoo.old.Lion, Lion]
