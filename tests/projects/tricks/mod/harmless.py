def look(name):
    if name in globals():
        return globals()[name]
    exec("local = 1")
    vars(object)["x"]
    return globals().get(name), dict(globals()), [key for key in globals()], locals()
