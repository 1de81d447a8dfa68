"""Addresses that nobody can guess, and query codes that only such an address opens again."""

import hashlib
import hmac
import secrets
from datetime import timedelta

DRAFT_KEPT = timedelta(hours=24)
CODE_SHOWN = timedelta(minutes=15)


def new_token() -> str:
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    """What is stored of an address."""
    return hashlib.sha256(token.encode()).hexdigest()


def sealed(code: str, token: str) -> str:
    """The code under a key that only the address knows: whoever reads the table alone learns nothing."""
    key = hmac.digest(token.encode(), b"query code", "sha256")
    return bytes(sign ^ mask for sign, mask in zip(code.encode(), key, strict=False)).hex()


def unsealed(hidden: str, token: str) -> str:
    key = hmac.digest(token.encode(), b"query code", "sha256")
    return bytes(sign ^ mask for sign, mask in zip(bytes.fromhex(hidden), key, strict=False)).decode()
