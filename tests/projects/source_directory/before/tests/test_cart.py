from shop.basket import Cart
from shop.cart import Cart as Same
from shop.cart import Gone
from src.shop.cart import Cart as Twin
from src.shop.cart import Gone
