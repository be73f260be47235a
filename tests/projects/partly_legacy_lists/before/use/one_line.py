from shop.everything import Order, Price, Client, place  # all of them
