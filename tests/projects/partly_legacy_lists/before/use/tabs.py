def f():
	from shop.everything import (
		Order,
		Price,
	)
	return Order, Price
