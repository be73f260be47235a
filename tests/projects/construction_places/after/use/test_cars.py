import unittest

import pytest
from cars.car import Bike
from cars.plant import weld


def test_that_it_fails():
    with pytest.raises(TypeError):
        Bike(1, 2)
    with pytest.raises(TypeError) as error, open("somewhere"):
        for each in range(3):
            Bike(1, 2, each)
    pytest.raises(TypeError, lambda: Bike(1, 2))
    pytest.raises(TypeError, Bike, 1, 2)


def test_that_it_works():
    assert isinstance(weld(driver=1), Bike)
    with pytest.warns(UserWarning):
        weld(driver=2)


class Tests(unittest.TestCase):
    def setUp(self):
        self.bike = weld(driver="set up")

    def test_that_it_fails(self):
        with self.assertRaises(TypeError):
            Bike(1, 2)
        self.assertRaisesRegex(TypeError, "too many", lambda: Bike(1, 2))
        self.assertEqual(weld(driver=3).driver, 3)
