class Key: ...


def cut_key():
    return Key()
