import chat.legacy
from chat.manager import Store


def store():
    return Store().name()
