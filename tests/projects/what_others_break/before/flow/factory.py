from flow.managers import Manager


def create_manager(size):
    return Manager(size)
