import time

from flask import Blueprint, request

from shop import app, celery

shop = Blueprint("mistakes", __name__)
carts = {}
active_sessions = set()


class CartManager:
    _instances = {}

    @classmethod
    def get(cls, user_id):
        if user_id not in cls._instances:
            cls._instances[user_id] = cls()
        return cls._instances[user_id]


class SessionRegistry(metaclass=type("Singleton", (type,), {})): ...


app.registry = SessionRegistry()


@shop.route("/cart")
def cart():
    user_id = request.args.get("user_id", f"guest_{time.time()}")
    active_sessions.add(request.cookies["session"])
    carts[user_id] = carts.get(user_id, []) + [request.args["item"]]
    return carts[user_id]


@celery.task
def collect(item, batch=[]):
    batch.append(item)
    return len(batch)
