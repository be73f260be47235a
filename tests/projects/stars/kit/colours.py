__all__ = ["Red", "_Secret"]


class Red:
    pass


class _Secret:
    pass


class Unlisted:
    pass
