"""Query codes and numbers: made, compared, and read as people type them."""

import hmac
import re
import secrets
import unicodedata

from django.conf import settings
from django.utils.crypto import salted_hmac

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Digits and letters without 0, O, 1 and I, which look alike on paper: 32 signs, 5 bits each."""

LENGTH = 8

_SALT = "portal.receipts.query_code"
_NUMBER = re.compile(r"(\w{1,40}?)[\[(〔【{](\d{4})[\])〕】}]第?0*(\d{1,9})号?")


def new_code() -> str:
    """Return a query code from the system's secure source."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_hash(number: str, code: str, secret: str | None = None) -> str:
    """Return the digest that is stored: keyed with the site's secret and bound to the number."""
    return salted_hmac(_SALT, f"{number}\x1f{code}", secret=secret, algorithm="sha256").hexdigest()


def is_code_of(number: str, code: str, stored: str) -> bool:
    """Compare in constant time. Codes made under a former secret (`SECRET_KEY_FALLBACKS`) stay valid."""
    fits = False
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        fits |= hmac.compare_digest(code_hash(number, code, secret), stored)
    return fits


def typed_code(text: str) -> str:
    """Read a code as typed: full-width, lower case, with blanks or hyphens."""
    return re.sub(r"[\s\-·]", "", unicodedata.normalize("NFKC", text)).upper()[: LENGTH * 2]


def typed_number(text: str) -> str:
    """Read a number as typed, with any brackets: 龙潭意见[2026]012 → 龙潭意见〔2026〕12号; "" when it is none."""
    found = _NUMBER.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text[:200])))
    return f"{found[1]}〔{found[2]}〕{found[3]}号" if found else ""
