exec("a = 1")
