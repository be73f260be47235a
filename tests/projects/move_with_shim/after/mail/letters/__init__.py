"""Moved to post.mail.letters."""

from __future__ import annotations
