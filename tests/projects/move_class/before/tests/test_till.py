from unittest.mock import patch

from shop import till

NAMES = ["shop.orders.Payment", "shop.orders.Order"]


def test_pay():
    assert till.pay([1, 2]) == 3


def test_the_time_is_taken():
    with patch("shop.orders.time.time", return_value=7.0) as now:
        till.pay([1])
    now.assert_called_once_with()


@patch("shop.till.Payment")
def test_what_is_replaced_where_it_is_used(payment):
    till.pay([1])
    payment.assert_called_once()


@patch("shop.orders.Payment.make", lambda self: "made")
def test_a_method():
    assert till.pay([1]) == till.pay_later("[1]") == "made"
    assert till.pay_all([[1]]) == (["made"], 1)


@patch("shop.orders.rates")
def test_what_the_class_looks_up(rates):
    rates.of.return_value = 3
    assert till.pay([2]) == 6


def test_the_names_are_those_of_old():
    assert NAMES == ["shop.orders.Payment", "shop.orders.Order"]
