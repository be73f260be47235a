import logging

from flask import Blueprint, g, session
from werkzeug.local import LocalProxy

from shop import celery, db, login_manager

log = logging.getLogger(__name__)
shop = Blueprint("shop", __name__)
current_cart = LocalProxy(lambda: g.cart)
_importers = {}


class Cart(db.Model):
    __tablename__ = "carts"
    id = db.Column(db.Integer, primary_key=True)
    items = db.relationship("Item")


@login_manager.user_loader
def load_user(user_id):
    return Cart.query.get(user_id)


@shop.before_request
def find_cart():
    g.cart = Cart.query.get(session.get("cart_id"))


@celery.task
def remind(user_id, sent=()):
    log.info("reminded %s", user_id)
    return [*sent, user_id]


def importer(name):
    def register(function):
        _importers[name] = function
        return function

    return register
