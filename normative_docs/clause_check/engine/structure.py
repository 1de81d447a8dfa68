"""From the lines of a text to its clauses, each with the path that is printed before it.

Two ways of numbering are read: articles (第十二条, its paragraphs as 款, （一） as 项, 1. as 目) and outlines
(一、 → （一） → 1. → （1）). A paragraph without number belongs to the clause it continues.
"""

import re
from dataclasses import dataclass, field

WHOLE = "全文"
_NUMERAL = "一二三四五六七八九十百零〇"
_ARTICLE = re.compile(rf"^第([{_NUMERAL}]{{1,7}}|\d{{1,3}})条(?:之([{_NUMERAL}]))?[\s\u3000:：、]*")
_CHAPTER = re.compile(rf"^第[{_NUMERAL}\d]{{1,4}}[编章节部](?:分|篇)?[\s\u3000、:：]")
_LEVELS = (
    (1, re.compile(rf"^([{_NUMERAL}]{{1,4}})、[\s\u3000]*")),
    (2, re.compile(rf"^[（(]([{_NUMERAL}]{{1,3}})[）)][\s\u3000、.．]*")),
    (3, re.compile(r"^(\d{1,2})(?:[.．、](?!\d)|\s(?=[\u4e00-\u9fff]))[\s\u3000]*")),
    (4, re.compile(r"^[（(](\d{1,2})[）)][\s\u3000、.．]*")),
    (5, re.compile(r"^([①-⑳])[\s\u3000]*")),
)
_ANNEX = re.compile(r"^附(?:件|录)\s*([\d一二三四五六七八九十]{0,2})\s*[:：.．、]?\s*$")
_ANNEX_LIST = re.compile(r"^附(?:件|录)?\s*[:：]")
_SIGNATURE = re.compile(
    r"^[\u4e00-\u9fff（）()]{2,28}(?:人民政府|办事处|办公室|委员会|党委|局|厅|部|国务院)[\s\u3000]*$"
    r"|^[\d〇零○一二三四五六七八九十]{2,4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日$"
)
_SENTENCE_END = re.compile(r"[。；;！!？?：:]")
_HAN = "零一二三四五六七八九"


def in_han(number: int) -> str:
    """1–99 as Chinese numerals: 12 → 十二."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_HAN[tens]}十"
    return head + (_HAN[ones] if ones else "") or _HAN[0]


@dataclass(frozen=True)
class Clause:
    """One printed unit: ``at`` is its path, ``text`` its words, ``lead`` the words that introduce its list.

    ``headings`` are the titles above it, from the outside in, without numbers.
    """

    at: str
    text: str
    lead: str = ""
    headings: tuple[str, ...] = ()


@dataclass
class _Node:
    """A numbered unit while it is read; ``paragraphs`` are its texts, each with the list introduced by it."""

    label: str
    level: int
    parent: "_Node | None"
    heading: str = ""
    paragraphs: list["_Paragraph"] = field(default_factory=list)

    def open_paragraph(self) -> "_Paragraph | None":
        return self.paragraphs[-1] if self.paragraphs else None


@dataclass
class _Paragraph:
    node: _Node
    text: str
    under: "_Paragraph | None" = None


def clauses_of(text: str) -> list[Clause]:
    """The clauses of a text in reading order; what stands outside any number is at 全文 (or 第N段)."""
    return _Reader().read(text.splitlines())


class _Reader:
    def __init__(self) -> None:
        self.root = _Node("", 0, None)
        self.open: list[_Node] = [self.root]
        self.read_so_far: list[_Paragraph] = []
        self.chapter = ""
        self.chapters: dict[int, str] = {}
        self.part = ""
        self.parts: dict[int, str] = {}
        self.numbered = False
        self.list_of_annexes = False

    def read(self, lines: list[str]) -> list[Clause]:
        for line in lines:
            bare = line.strip(" \t\u3000\ufeff")
            if bare and not bare.startswith(("<!--", "---", ">")):
                self._line(bare)
        return self._clauses()

    def _line(self, line: str) -> None:
        if annex := _ANNEX.match(line):
            self.part = f"附件{annex[1]}"
            self.open = [self.root]
            return
        if _ANNEX_LIST.match(line):
            self.open, self.list_of_annexes = [self.root], True
            self._paragraph(self.root, line)
            return
        if _CHAPTER.match(line) and not _SENTENCE_END.search(line):
            self.chapter = re.sub(r"[\s\u3000]+", "", _CHAPTER.sub("", line + " "))
            self.open = [self.root]
            return
        if article := _ARTICLE.match(line):
            label = f"第{article[1]}条" + (f"之{article[2]}" if article[2] else "")
            self._node(0.5, label, line[article.end() :])
            return
        for level, pattern in _LEVELS:
            match = pattern.match(line)
            if match and not (self.list_of_annexes and level >= 3):
                self._node(level, match[1], line[match.end() :])
                return
        if _SIGNATURE.match(line) and self._is_closed():
            self._paragraph(self.root, line)
            return
        if self.list_of_annexes and len(line) < 60 and not _SENTENCE_END.search(line[-1]):
            self._paragraph(self.root, line)
            return
        self._paragraph(self._owner(), line)

    def _is_closed(self) -> bool:
        """Whether the paragraph before ended its sentence, so that a bare name is a signature and no list."""
        return (
            not self.read_so_far or self.read_so_far[-1].text.endswith("。") or self.read_so_far[-1].node is self.root
        )

    def _node(self, level: float, label: str, text: str) -> None:
        """Open a numbered unit under the nearest open one of a lower level."""
        self.numbered, self.list_of_annexes = True, False
        while len(self.open) > 1 and self.open[-1].level >= level:
            self.open.pop()
        shown = {2: f"（{label}）", 4: f"（{label}）"}.get(level, label)
        node = _Node(shown, level, self.open[-1])
        self.open.append(node)
        text = text.strip()
        if text and not _SENTENCE_END.search(text) and len(text) <= 40:
            node.heading = text
        if text:
            self._paragraph(node, text)
        else:
            self.parts[id(node)] = self.part

    def _owner(self) -> _Node:
        """Whom a paragraph without number continues: never a finished arabic item, it closes the list."""
        while len(self.open) > 1 and not self._continues(self.open[-1]):
            self.open.pop()
        return self.open[-1]

    @staticmethod
    def _continues(node: _Node) -> bool:
        if node.level in (0.5, 1):
            return True
        if node.heading and len(node.paragraphs) >= 1:
            return True
        in_article = any(parent.level == 0.5 for parent in _above(node))
        introduced = node.paragraphs and node.paragraphs[0].under is not None
        in_list = introduced and node.paragraphs[0].under.text.endswith(("：", ":"))
        return node.level == 2 and not in_article and not in_list

    def _paragraph(self, node: _Node, text: str) -> None:
        under = node.parent.open_paragraph() if node.parent is not None and node.parent.level else None
        paragraph = _Paragraph(node, text, under)
        node.paragraphs.append(paragraph)
        self.read_so_far.append(paragraph)
        self.chapters[id(paragraph)] = self.chapter
        self.parts[id(paragraph)] = self.part

    # -- paths ---------------------------------------------------------------------------------------

    def _clauses(self) -> list[Clause]:
        found, taken, loose = [], {}, 0
        for paragraph in self.read_so_far:
            node = paragraph.node
            if node is self.root:
                loose += 1
                at = WHOLE if self.numbered else f"第{in_han(loose)}段"
            else:
                at = self._path(paragraph)
                first = taken.setdefault(at, node)
                if first is not node and first.paragraphs[0] is not paragraph:
                    at = f"{self.parts[id(paragraph)] or '附件'} {at}"
            found.append(Clause(at, paragraph.text, self._lead(paragraph), self._headings(paragraph)))
        return found

    def _path(self, paragraph: _Paragraph) -> str:
        node = paragraph.node
        own = [p for p in node.paragraphs if not (p.text == node.heading and len(node.paragraphs) > 1)]
        if paragraph not in own:
            own = [paragraph]
        place = own.index(paragraph) + 1
        suffix = f"第{in_han(place)}款" if len(own) > 1 else ""
        return self._label(node, paragraph) + suffix

    def _label(self, node: _Node, paragraph: _Paragraph) -> str:
        article = next((n for n in (node, *_above(node)) if n.level == 0.5), None)
        if article is None:
            return "".join(n.label for n in reversed((node, *_above(node))))
        if node is article:
            return node.label
        chain = [n for n in reversed((node, *_above(node))) if n.level not in (0, 0.5)]
        own = [p for p in article.paragraphs if not (p.text == article.heading and len(article.paragraphs) > 1)]
        above = self._paragraph_of(article, paragraph)
        place = f"第{in_han(own.index(above) + 1)}款" if len(own) > 1 and above in own else ""
        items = [f"第{n.label.strip('（）')}{'项' if i == 0 else '目'}" for i, n in enumerate(chain)]
        return article.label + place + "".join(items)

    @staticmethod
    def _paragraph_of(article: _Node, paragraph: _Paragraph) -> "_Paragraph | None":
        """The paragraph of the article that introduces the list in which this one stands."""
        while paragraph is not None and paragraph.node is not article:
            paragraph = paragraph.under
        return paragraph

    @staticmethod
    def _lead(paragraph: _Paragraph) -> str:
        words, above = [], paragraph.under
        while above is not None:
            if above.text.endswith(("：", ":")):
                words.append(above.text)
            above = above.under
        return "".join(reversed(words))

    def _headings(self, paragraph: _Paragraph) -> tuple[str, ...]:
        own = [n.heading for n in reversed((paragraph.node, *_above(paragraph.node))) if n.heading]
        chapter = self.chapters[id(paragraph)]
        return tuple(([chapter] if chapter else []) + own)


def _above(node: _Node) -> tuple[_Node, ...]:
    """The units around a node, from the nearest to the outermost numbered one."""
    found = []
    while node.parent is not None and node.parent.level:
        node = node.parent
        found.append(node)
    return tuple(found)
