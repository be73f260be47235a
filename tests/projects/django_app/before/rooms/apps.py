from django.apps import AppConfig
from django.core.cache import cache
from django.dispatch import Signal, receiver
from django.utils.functional import SimpleLazyObject

room_closed = Signal()
_handlers = {}


class RoomsConfig(AppConfig):
    name = "rooms"


def handles(kind):
    def register(handler):
        _handlers[kind] = handler
        return handler

    return register


@receiver(room_closed)
def forget(sender, user=None, **kwargs):
    cache.delete(f"rooms:{user.pk}")


class CurrentUserMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.owner = SimpleLazyObject(lambda: request.user)
        request.session["user_id"] = str(request.user.pk)
        return self.get_response(request)
