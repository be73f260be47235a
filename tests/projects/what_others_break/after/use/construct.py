"""Elsewhere, most of these are not seen, the factory is not imported, and comments are lost."""

import flow.managers
from flow.factory import create_manager
from flow import managers as m
from flow.managers import Manager

K = Manager


def construct():
    from flow.factory import create_manager

    return [
        create_manager(size=1),
        create_manager(size=2),
        create_manager(size=3),
        create_manager(size=4),
        create_manager(size=5),
        create_manager(size=6),
        create_manager(size=7),
        create_manager(  # what
            size=8,  # why
        ),
        create_manager(size=create_manager(size=9).size),
    ]
