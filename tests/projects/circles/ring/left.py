from ring.right import Lost, Shared


class Here:
    pass


Again = Round
Round = Again
