class Bolt: ...


class Nut: ...


class Screw: ...


COUNT = 1
