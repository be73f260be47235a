vars()["a"] = 1
