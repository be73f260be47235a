"""Elsewhere, most of these are not seen, the factory is not imported, and comments are lost."""

import flow.managers
from flow import managers as m
from flow.managers import Manager, Manager as MM
from .reexport import Boss

K = Manager


def construct():
    from flow.managers import Manager as FM

    return [
        Manager(1),
        MM(2),
        FM(3),
        K(4),
        m.Manager(5),
        flow.managers.Manager(6),
        Boss(7),
        Manager(  # what
            size=8,  # why
        ),
        Manager(Manager(9).size),
    ]
