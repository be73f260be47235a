class Shop:
    from shop.everything import Price
    from shop.orders import Order

    def open(self):
        if True:
            from shop.everything import Rebate  # here
            from shop.people import Customer as Client

            return Client, Rebate, self.Order, self.Price
