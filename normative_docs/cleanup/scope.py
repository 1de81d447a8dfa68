"""Which documents a clean-up goes through: all that were valid on a day, or those that a special cause touches."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from normative_docs.models import OF_RECORD, NormativeDocument

_BETWEEN_WORDS = re.compile(r"[\s、，,；;]+")
"""Stages in which a document has been before the public."""


@dataclass(frozen=True)
class Conditions:
    """What narrows the scope; for a full clean-up only ``reference_on`` counts.

    ``basis_words``: any of the words stands in the document's higher basis. ``issued_before`` is not included.
    """

    reference_on: date
    basis_words: str = ""
    topic: str = ""
    issued_before: date | None = None
    only_market: bool = False

    @classmethod
    def of(cls, campaign) -> "Conditions":
        """The conditions that stand on a campaign."""
        if campaign.is_full:
            return cls(campaign.reference_on)
        return cls(
            campaign.reference_on, campaign.basis_words, campaign.topic, campaign.issued_before, campaign.only_market
        )


def words_in(text: str) -> list[str]:
    """The single words of a condition as typed, parted by spaces, 、 or ；."""
    return [word for word in _BETWEEN_WORDS.split(text.strip()) if word]


def before_the_public(town) -> QuerySet[NormativeDocument]:
    """Every document of the town that has been published, whether still valid or not."""
    return NormativeDocument.objects.filter(
        organisation__path__startswith=town.path, stage__in=OF_RECORD, published_on__isnull=False
    )


def documents_in_scope(town, conditions: Conditions) -> QuerySet[NormativeDocument]:
    """Published by that day, not repealed, not lapsed on it; oldest first.

    What isn't in force yet, or whose effect is unknown, is valid too and has to be gone through.
    """
    day = conditions.reference_on
    found = before_the_public(town).filter(
        Q(repealed_on__isnull=True) | Q(repealed_on__gt=day),
        Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        published_on__lte=day,
    )
    if words := words_in(conditions.basis_words):
        stands = Q(pk__in=[])
        for word in words:
            stands |= Q(legal_basis__icontains=word) | Q(draft_text__icontains=word)
        found = found.filter(stands)
    if conditions.topic:
        found = found.filter(topic__icontains=conditions.topic)
    if conditions.issued_before:
        found = found.filter(issued_on__lt=conditions.issued_before)
    if conditions.only_market:
        found = found.filter(affects_market=True)
    return found.order_by("issued_on", "pk")
