"""The kinds of request, as data: apps register what they ask the county about."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.documents.slots import PaperSlot


@dataclass(frozen=True)
class RequestKind:
    """One kind of request to the county.

    ``papers`` are what goes along; ``collect(subject)`` finds those that already lie in the subject's file,
    ``{slot code: DocumentVersion}``. ``digest(subject)`` identifies the text that is asked about: an answer carries
    that text and no other. The county's letter is put into the subject's file at ``reply_slot``.
    """

    code: str
    label: str
    basis: str
    papers: tuple[PaperSlot, ...]
    reply_slot: PaperSlot
    collect: Callable
    digest: Callable


_kinds: dict[str, RequestKind] = {}


def register_kind(kind: RequestKind) -> RequestKind:
    """Add a kind. :raises ValueError: its code is taken."""
    if _kinds.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"request kind {kind.code} is registered twice")
    return kind


def request_kind(code: str) -> RequestKind:
    """:raises KeyError: no such kind."""
    return _kinds[code]


def kind_choices() -> list[tuple[str, str]]:
    return sorted((kind.code, kind.label) for kind in _kinds.values())
