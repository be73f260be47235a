#!/usr/bin/env python3
from . import words
from .words import VOICE


def shout(text):
    return words.upper(text) + VOICE
