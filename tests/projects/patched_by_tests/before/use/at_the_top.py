"""Bound when the module is imported: who patches mail.old later does not change it."""

from mail.old import Sender


def name(sender: Sender) -> str:
    return sender.name
