"""What is filed upward (K1-K14), as data: papers, recipient, clocks. Apps register the kinds they own."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from portal.documents.slots import PaperSlot, register_slots

# What the county gives back lies in the filing too; both sides download it from there.
RECEIPT = PaperSlot(
    "fl_receipt", "备案回执", "云溪县行政规范性文件备案审查办法（地方示例）", needed=False, by_system=True
)
RETURN_NOTICE = PaperSlot(
    "fl_return_notice", "补正通知书", "云溪县行政规范性文件备案审查办法（地方示例）", needed=False, by_system=True
)
REVIEW_OPINION = PaperSlot(
    "fl_review_opinion", "备案审查意见书", "国办发〔2018〕37号（有备必审、有错必纠）", needed=False, by_system=True
)
CONCLUSION = PaperSlot(
    "fl_conclusion", "整改核查结论", "国办发〔2018〕37号（有备必审、有错必纠）", needed=False, by_system=True
)
REVOCATION = PaperSlot(
    "fl_revocation", "撤销决定", "地方各级人民代表大会和地方各级人民政府组织法 第七十三条", needed=False, by_system=True
)
COUNTY_PAPERS = register_slots(RECEIPT, RETURN_NOTICE, REVIEW_OPINION, CONCLUSION, REVOCATION)


@dataclass(frozen=True)
class EarlierText:
    """A text that stood before the filed one, to compare with: its name and its words."""

    code: str
    label: str
    text: str


@dataclass(frozen=True)
class FilingKind:
    """One kind of filing.

    ``clock`` is the limit on the subject file within which it must be filed (empty: none);
    ``review_clock`` and ``correction_clock`` run on the filing. ``report``, ``text`` are the codes of the slots of
    the covering report and of the text under review. The app's own part, each optional:

    - ``number(subject)``: the number printed on the subject (发文字号);
    - ``account(subject)``: lines for the covering report, how the subject came about;
    - ``collect(subject, by)``: the papers already at hand, ``{slot code: DocumentVersion}``;
    - ``submitted(filing, by)``, ``concluded(filing)``: told of the two events that matter to the subject;
    - ``revoked(filing, by, on, reason)``: told that the county revoked the subject on that day;
    - ``address(subject)``: where everyone reads the subject, empty where it is not public;
    - ``earlier(subject)``: what the subject amends or replaces, as :class:`EarlierText`, newest first.

    ``rates`` are codes of the indicators by which the county compares towns. ``in_directory`` lists recorded
    filings in the public directory (备案目录).
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
    report: str = ""
    text: str = ""
    number: Callable | None = None
    account: Callable | None = None
    collect: Callable | None = None
    concluded: Callable | None = None
    submitted: Callable | None = None
    revoked: Callable | None = None
    earlier: Callable | None = None
    address: Callable | None = None
    rates: tuple[str, ...] = ()
    in_directory: bool = False

    def number_of(self, subject) -> str:
        """The subject's printed number; empty where the kind has none."""
        return self.number(subject) if self.number is not None else ""

    def address_of(self, subject) -> str:
        """Where everyone reads the subject; empty where the kind or the subject has no such page."""
        return self.address(subject) if self.address is not None else ""


class FilingKinds:
    def __init__(self):
        self._kinds: dict[str, FilingKind] = {}

    def register(self, kind: FilingKind) -> FilingKind:
        """Add a kind. :raises ValueError: its code is taken."""
        if self._kinds.setdefault(kind.code, kind) is not kind:
            raise ValueError(f"filing kind {kind.code} is registered twice")
        return kind

    def extend(self, code: str, **parts: Callable) -> FilingKind:
        """Give a kind parts that another app owns, such as ``revoked`` and ``earlier``; those it has already stay.

        :raises KeyError: no such kind. :raises ValueError: a part is taken.
        """
        kind = self._kinds[code]
        for name, part in parts.items():
            if getattr(kind, name) not in (None, part):
                raise ValueError(f"filing kind {code} has its own {name} already")
        self._kinds[code] = replace(kind, **parts)
        return self._kinds[code]

    def withdraw(self, code: str) -> None:
        """Take a kind away again (for tests)."""
        self._kinds.pop(code, None)

    def __getitem__(self, code: str) -> FilingKind:
        return self._kinds[code]

    def __contains__(self, code: str) -> bool:
        return code in self._kinds

    def choices(self) -> list[tuple[str, str]]:
        return [(kind.code, kind.label) for kind in self.all()]

    def all(self) -> list[FilingKind]:
        return sorted(self._kinds.values(), key=lambda kind: kind.code)

    def clocks(self) -> list[str]:
        """Codes of the limits within which something must be filed."""
        return sorted({kind.clock for kind in self.all() if kind.clock})

    def rates(self) -> list[str]:
        """Codes of the indicators that compare towns, in the order the kinds give them, each once."""
        return list(dict.fromkeys(code for kind in self.all() for code in kind.rates))


filing_kinds = FilingKinds()
