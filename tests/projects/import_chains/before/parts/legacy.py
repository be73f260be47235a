from parts.modern import COUNT, Bolt, Nut


def only_here(): ...
