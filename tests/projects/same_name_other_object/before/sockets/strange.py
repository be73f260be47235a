class Manager:
    """Nobody has moved this one."""
