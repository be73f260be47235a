from shop.everything import Order, Order as O, Price, Order
