"""The one history."""

from shop.factory import get_history



def recent(user):
    return get_history(user=user).rows[-3:]
