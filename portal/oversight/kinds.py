"""What is filed upward (K1-K14), as data: papers, recipient, clocks. Apps register the kinds they own."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.documents.papers import PaperSlot


@dataclass(frozen=True)
class FilingKind:
    """One kind of filing.

    ``clock`` is the limit on the subject file within which it must be filed (empty: none);
    ``review_clock`` and ``correction_clock`` run on the filing. ``collect(subject, by)`` returns the papers
    already at hand as ``{slot: DocumentVersion}``; ``concluded(subject, filing)`` tells the app the result.
    """

    code: str
    label: str
    basis: str
    recipient: str
    papers: tuple[PaperSlot, ...]
    clock: str = ""
    review_clock: str = ""
    correction_clock: str = ""
    receipt_series: str = "备"
    collect: Callable | None = None
    concluded: Callable | None = None
    submitted: Callable | None = None


class FilingKinds:
    def __init__(self):
        self._kinds: dict[str, FilingKind] = {}

    def register(self, kind: FilingKind) -> FilingKind:
        if self._kinds.setdefault(kind.code, kind) is not kind:
            raise ValueError(f"filing kind {kind.code} is registered twice")
        return kind

    def __getitem__(self, code: str) -> FilingKind:
        return self._kinds[code]

    def __contains__(self, code: str) -> bool:
        return code in self._kinds

    def choices(self) -> list[tuple[str, str]]:
        return [(kind.code, kind.label) for kind in self.all()]

    def all(self) -> list[FilingKind]:
        return sorted(self._kinds.values(), key=lambda kind: kind.code)


filing_kinds = FilingKinds()
