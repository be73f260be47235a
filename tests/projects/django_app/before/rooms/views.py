import threading

from django.views import View

from rooms.services import RoomService

_user_of_thread = {}
_local = threading.local()


class RoomView(View):
    recent_users = []
    service = RoomService()
    template_name = "room.html"

    def get(self, request):
        self.recent_users.append(request.user)
        _user_of_thread[threading.get_ident()] = request.user
        _local.user = request.user
        return self.render(request)

    def post(self, request, context={}):
        context["user"] = request.user
        return self.render(request, context)
