import shop.orders
from shop.orders import Order, Payment, total


def pay(prices):
    return Payment(Order(prices)).make()


def pay_later(text):
    from shop.orders import Payment as Later  # only when it is needed

    return Later.restored(text).make()


def pay_all(many):
    return [shop.orders.Payment(Order(prices)).make() for prices in many], total(map(Order, many))
