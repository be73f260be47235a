HERE = "src"
