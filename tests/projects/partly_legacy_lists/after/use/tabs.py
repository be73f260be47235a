def f():
	from shop.everything import (
		Price,
	)
	from shop.orders import Order
	return Order, Price
