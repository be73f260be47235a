import chat.legacy


def store():
    return chat.legacy.Store().name()
