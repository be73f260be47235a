STUB: bool
