"""One way to make a short name of bytes, for which nothing large is loaded.

``hashlib`` loads OpenSSL, which takes longer than most runs do; what is behind its BLAKE2 stands alone.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:  # not every Python is built alike
    from hashlib import blake2b


def digest(raw: bytes, size: int = 16) -> bytes:
    """Give the digest of ``raw``, in ``size`` bytes."""
    return blake2b(raw, digest_size=size).digest()


__all__ = ["blake2b", "digest"]
