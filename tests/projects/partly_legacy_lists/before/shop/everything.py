from shop.orders import Order, place
from shop.people import Customer as Client


class Fax: ...


class Price: ...


class Rebate: ...
