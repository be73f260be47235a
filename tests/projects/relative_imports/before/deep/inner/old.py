"""Another module of the name."""


class Thing: ...
