SOURCE = True
