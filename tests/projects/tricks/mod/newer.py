from mod.both import SOURCE


class Generic[T]:
    def method(self): ...


type Alias = int
