Dataset = "not the one"
