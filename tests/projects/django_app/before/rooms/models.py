from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models


class RoomQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed=False)


class RoomManager(models.Manager.from_queryset(RoomQuerySet)):
    def of(self, user):
        return self.filter(users=user)


class OwnUserManager(BaseUserManager):
    def create_user(self, email, password=None, **extra):
        user = self.model(email=self.normalize_email(email), **extra)
        user.set_password(password)
        return user


class User(AbstractUser):
    REQUIRED_FIELDS = []
    objects = OwnUserManager()


class Room(models.Model):
    name = models.CharField(max_length=50)
    users = models.ManyToManyField(settings.AUTH_USER_MODEL)
    options = models.JSONField(default=dict)

    objects = RoomManager()
    open_rooms = RoomManager()

    class Meta:
        ordering = ["name"]


@admin.register(Room)
class RoomAdmin(admin.ModelAdmin):
    list_display = ["name"]
    search_fields = ["name"]

    def get_list_display(self, request):
        return [*self.list_display, "users"]
