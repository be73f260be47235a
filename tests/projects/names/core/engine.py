class _Implementation:
    pass


Motor = _Implementation
Other = object
