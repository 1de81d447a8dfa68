"""Normative documents, their recognition, and what they cite."""

from normative_docs.models.citing import CitedBasis
from normative_docs.models.document import ISSUED, OF_RECORD, PUBLISHED, NormativeDocument
from normative_docs.models.recognition import Recognition
from normative_docs.vocabulary import DocumentKind, Effect, UrgentGround

__all__ = [
    "ISSUED",
    "OF_RECORD",
    "PUBLISHED",
    "CitedBasis",
    "DocumentKind",
    "Effect",
    "NormativeDocument",
    "Recognition",
    "UrgentGround",
]
