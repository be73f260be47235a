from sockets.strange import Manager
from multiprocessing import Manager as Processes


class Mine:
    Manager = Manager


def make(Manager):
    return Mine.Manager, Manager()
