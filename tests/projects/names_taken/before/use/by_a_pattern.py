import zoo.old

match "mine":
    case str(Lion) | Lion:
        seen = [zoo.old.Lion]
