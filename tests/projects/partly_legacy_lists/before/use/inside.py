class Shop:
    from shop.everything import Order, Price

    def open(self):
        if True:
            from shop.everything import Client, Rebate  # here

            return Client, Rebate, self.Order, self.Price
