from shop.everything import Price, Order as Bestellung
