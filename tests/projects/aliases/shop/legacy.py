import os
import shop.orders
import shop.orders as orders
from shop import purchases as renamed
from shop.orders import Order as Order
from shop.orders import Draft as Sketch, place as submit

Basket = shop.orders.Order
Cart = orders.Order
Bag = renamed.Order
Trolley = Bag
Either = Order if os.name else submit
Same = Order if os.name else Cart
Fallback = Order or submit
Made = Order()
Text = str
Undefined = nowhere
Pair, *Rest = Order, submit
