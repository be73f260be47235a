from .cart import Cart
from .cart import Basket
