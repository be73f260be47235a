def load(code):
    exec(code, globals())
