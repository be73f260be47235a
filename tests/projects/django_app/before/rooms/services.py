from django.core.cache import cache

_service = None


class RoomService:
    def rooms(self, user):
        return cache.get_or_set(f"rooms:{user.pk}", list)


def get_service():
    global _service
    if _service is None:
        _service = RoomService()
    return _service


class Borg:
    _shared = {}

    def __init__(self):
        self.__dict__ = self._shared
