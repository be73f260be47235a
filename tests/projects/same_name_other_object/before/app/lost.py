def lost():
    from sockets.gone import Manager

    return Manager()
