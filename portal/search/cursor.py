"""Where a page of results ends, written so that it can stand in an address."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation


@dataclass(frozen=True)
class Place:
    """The last result shown: the next page holds what ranks below it."""

    tier: int
    rank: Decimal
    published_on: date
    pk: int

    def write(self) -> str:
        text = json.dumps([self.tier, str(self.rank), self.published_on.isoformat(), self.pk])
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> Place | None:
        """Return the place; None, and so the first page, for anything that was not written by `write`."""
        try:
            decoded = base64.urlsafe_b64decode(text[:200] + "=" * (-len(text[:200]) % 4))
            tier, rank, published_on, pk = json.loads(decoded)
            place = cls(int(tier), Decimal(rank), date.fromisoformat(published_on), int(pk))
        except (ValueError, TypeError, OverflowError, RecursionError, InvalidOperation, binascii.Error):
            return None
        sound = 0 <= place.tier <= 2 and place.rank.is_finite() and 0 <= place.rank < 1000 and 0 < place.pk < 2**63
        return place if sound else None
