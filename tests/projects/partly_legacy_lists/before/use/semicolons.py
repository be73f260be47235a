import sys; from shop.everything import Order, Price; print(Order, Price, file=sys.stderr)
