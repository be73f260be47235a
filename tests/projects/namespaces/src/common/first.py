class First:
    pass
