"""The one place that names the digest algorithm of papers, so that SM3 can take its place (GB/T 39786)."""

import hashlib

ALGORITHM = "sha256"
LENGTH = 64
"""Hexadecimal characters of a digest."""


def new():
    """A running digest with `update()` and `hexdigest()`."""
    return hashlib.new(ALGORITHM)
