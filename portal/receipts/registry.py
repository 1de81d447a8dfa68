"""How a room says what the holder of its receipts may know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from portal.documents.models import DocumentVersion


@dataclass(frozen=True)
class Step:
    """One step on the holder's side of the procedure. `state`: done, now, todo or skipped."""

    label: str
    state: str
    on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class StatusView:
    """All that a right code shows; nothing of the receipt's subject reaches the page but through this.

    Say what the holder handed in, where it stands, and what comes next. Leave out other people's names, internal
    notes and whatever isn't decided yet.
    """

    title: str
    steps: tuple[Step, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    message: str = ""
    links: tuple[tuple[str, str], ...] = ()
    """Label and address of what the holder may open, such as the published answer."""
    papers: tuple[tuple[str, DocumentVersion], ...] = ()
    """Label and paper made out to the holder, such as the reply; only the holder gets a copy."""


@dataclass(frozen=True)
class ReceiptKind:
    """One kind of receipt. `mark` stands in its numbers: 龙潭意见〔2026〕12号."""

    code: str
    label: str
    mark: str
    describe: Callable[..., StatusView]


_kinds: dict[str, ReceiptKind] = {}


def receipt_kind(code: str, label: str, *, mark: str, describe: Callable[..., StatusView]) -> ReceiptKind:
    """Declare a kind of receipt; in the room's `AppConfig.ready()` or beside its models.

    :param describe: function from a `Receipt` to the `StatusView` of its holder.
    :raises ValueError: the code, or the mark, is taken: two kinds with one mark would share numbers.
    """
    if code in _kinds or mark in {kind.mark for kind in _kinds.values()}:
        raise ValueError(f"receipt kind {code} or its mark {mark} is declared twice")
    declared = ReceiptKind(code, label, mark, describe)
    _kinds[code] = declared
    return declared


def forget(code: str) -> None:
    """Take a kind out again (for tests)."""
    _kinds.pop(code, None)


def kind_named(code: str) -> ReceiptKind:
    """:raises LookupError: an undeclared kind."""
    if code not in _kinds:
        raise LookupError(f"receipt kind {code!r} is not declared")
    return _kinds[code]
