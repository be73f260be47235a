class Handle:
    pass
