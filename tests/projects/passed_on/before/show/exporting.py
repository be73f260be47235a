from show.old import Opera, Play as Drama

__all__ = ["Opera", "Drama"]
__all__ += ["Comedy"]
Comedy = Drama
