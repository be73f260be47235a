bar = "unrelated"
