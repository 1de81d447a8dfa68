"""Pages of the legality review: the review as a whole, and each act of reviewer and drafter."""

from portal.legal_review.views.acts import (
    ChecklistView,
    FindingView,
    LetterView,
    NewFindingView,
    RemoveFindingView,
    ResponseView,
)
from portal.legal_review.views.review import ReviewView

__all__ = [
    "ChecklistView",
    "FindingView",
    "LetterView",
    "NewFindingView",
    "RemoveFindingView",
    "ResponseView",
    "ReviewView",
]
