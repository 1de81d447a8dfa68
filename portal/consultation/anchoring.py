"""Where the paragraph that an opinion is about stands in a later version of the draft. Pure text, no database.

A paragraph is followed by its words, wherever it moved and whatever number it got; one whose words are gone has been
changed (原条款已修改), and the old words are shown in its place.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.consultation.articles import Clause, clauses

WHOLE_DRAFT = "全文"
CHANGED = "原条款已修改"


@dataclass(frozen=True)
class Place:
    """Where an opinion belongs in the version that is shown.

    ``label`` and ``words`` are those it was written about, ``clause`` the paragraph as it stands now; ``None`` when it
    was changed, and for an opinion on the whole draft, which has no label either.
    """

    label: str
    words: str
    draft_number: int
    clause: Clause | None = None

    @property
    def is_changed(self) -> bool:
        return bool(self.label) and self.clause is None

    @property
    def key(self) -> str:
        """The same for all opinions on one paragraph; for addresses and choices. ``-`` is the whole draft."""
        if self.clause is not None:
            return self.clause.label
        return f"{self.label}@{self.draft_number}" if self.label else "-"

    @property
    def shown(self) -> str:
        """The place in words: 第三条, 第四条（原第三条）, 原条款已修改（第1稿第三条）, 全文."""
        if self.is_changed:
            return f"{CHANGED}（第{self.draft_number}稿{self.label}）"
        if self.clause is None:
            return WHOLE_DRAFT
        return self.label if self.clause.label == self.label else f"{self.clause.label}（原{self.label}）"


class Anchors:
    """The paragraphs of one version, read once, to find any number of opinions in it.

    >>> Anchors("第一条　目的。\\n第二条　范围。").place("第一条", "范围。", 1).shown
    '第二条（原第一条）'
    """

    def __init__(self, text: str):
        self.clauses = clauses(text)
        self._by_words: dict[str, list[Clause]] = {}
        for clause in self.clauses:
            if clause.label:
                self._by_words.setdefault(_plain(clause.text), []).append(clause)

    def place(self, label: str, words: str, draft_number: int) -> Place:
        """Where an opinion on the paragraph ``label`` with these words, in that version, stands in this one."""
        fellows = self._by_words.get(_plain(words), []) if label else []
        same = next((clause for clause in fellows if clause.label == label), None)
        return Place(label, words, draft_number, same or next(iter(fellows), None))

    def of(self, comment) -> Place:
        return self.place(comment.article, comment.paragraph, comment.draft_number)


@dataclass
class Line:
    """All opinions on one paragraph: how many, and as which (label, words, version) they were written."""

    place: Place
    total: int = 0
    open: int = 0
    written_as: tuple[tuple[str, str, int], ...] = ()


def lines_of(anchors: Anchors, counted: Iterable[dict]) -> list[Line]:
    """Opinions by the paragraph they are about, in the order of the draft; the whole draft first, changed ones last.

    :param counted: rows with ``article``, ``paragraph``, ``draft_number``, ``total`` and, where it matters, ``open``.
    """
    found: dict[str, Line] = {}
    for row in counted:
        written = (row["article"], row["paragraph"], row["draft_number"])
        place = anchors.place(*written)
        # Two opinions on the same words of two versions are about one paragraph, changed since.
        key = _plain(place.words) if place.is_changed else place.key
        line = found.setdefault(key, Line(place))
        line.total += row["total"]
        line.open += row.get("open", 0)
        line.written_as += (written,)
    order = {clause.label: number for number, clause in enumerate(anchors.clauses) if clause.label}

    def rank(line: Line) -> tuple:
        place = line.place
        if place.is_changed:
            return (2, place.draft_number, place.label)
        return (1, order[place.clause.label], "") if place.clause else (0, 0, "")

    return sorted(found.values(), key=rank)


def _plain(words: str) -> str:
    return "".join(words.split())
