from show.stage import Musical as Opera, Play as Drama

__all__ = ["Opera", "Drama"]
__all__ += ["Comedy"]
Comedy = Drama
