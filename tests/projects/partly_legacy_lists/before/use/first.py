from shop.everything import Order, Price
