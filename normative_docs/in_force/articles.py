"""Which articles an amendment names, and which articles of a text differ from the text before it. Pure: no database."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from portal.documents.rendering.blocks import ARTICLE_MARK, CHAPTER_MARK, NUMERAL

ALIKE = 0.5
"""Two articles under different numbers are one rewritten article when at least this share of their words is one."""

_ARTICLE = rf"第[{NUMERAL}]+条(?:之[{NUMERAL}]+)?"
_SECTION = re.compile(rf"[{NUMERAL}]+、")
_NAMED = re.compile(_ARTICLE)
_PLACE = rf"{_ARTICLE}(?:第[{NUMERAL}]+款)?(?:第?[（(]?[{NUMERAL}]+[）)]?项)?"
_PLACES = rf"{_PLACE}(?:(?:、|和|及|以及|，){_PLACE})*"
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_ADDED = re.compile(
    rf"增加(?:一|二|两|三|四|五|六|七|八|九|十)?条?[^。；]{{0,20}}?(?:作为|为|即)[：:]?\s*(?P<places>{_ARTICLE}(?:(?:、|和|至){_ARTICLE})*)"
)
_RENUMBERED = re.compile(rf"(?:将)?(?P<old>{_ARTICLE})(?:相应)?改为(?P<new>{_ARTICLE})")
_STRUCK = re.compile(rf"(?:删去|删除|废止)(?:原)?(?P<places>{_PLACES})(?P<part>中|内|的|里)?")
_STRUCK_AFTER = re.compile(rf"(?P<places>{_PLACES})(?:予以|同时)?(?:删去|删除|废止)(?!第|[“\"「])")
_KIND_HEAD = re.compile(r"\s*(修改|删去|删除|增加)\s*[：:]")
_NEXT_KIND = re.compile(rf"[\s；;。，,、]+(?={_KIND_HEAD.pattern})")
_CHANGED = re.compile(rf"(?P<places>{_PLACES})(?:[^。；第]{{0,60}}?)(?:修改为|改为|修改成|调整为|修改|增加|删去|删除)")


class ChangeKind(StrEnum):
    CHANGED = "changed"
    STRUCK = "struck"
    ADDED = "added"

    @property
    def label(self) -> str:
        return {"changed": "修改", "struck": "删去", "added": "增加"}[self.value]


@dataclass(frozen=True)
class ArticleChange:
    """One article that an amendment touches. Of a struck or changed article ``label`` is the old number, of an added
    one the new."""

    kind: ChangeKind
    label: str

    def __str__(self):
        return f"{self.kind.label}{self.label}"

    def as_dict(self) -> dict:
        return {"kind": self.kind.value, "label": self.label}


@dataclass(frozen=True)
class Outcome:
    """The texts compared with what the amendment announced: what changed, what should not have, what did not."""

    changes: tuple[ArticleChange, ...]
    unexpected: tuple[ArticleChange, ...] = ()
    missing: tuple[ArticleChange, ...] = ()
    other_lines: tuple[str, ...] = field(default=())

    @property
    def is_matching(self) -> bool:
        return not (self.unexpected or self.missing or self.other_lines)

    @property
    def differences(self) -> tuple[str, ...]:
        """What does not match, in words."""
        return (
            *(f"文本{change.kind.label}了{change.label}，修改决定没有列出" for change in self.unexpected),
            *(f"修改决定列有“{change}”，文本没有这项变动" for change in self.missing),
            *(f"条文以外的文字有变动：{line}" for line in self.other_lines),
        )

    def as_dict(self) -> dict:
        return {
            "changes": [change.as_dict() for change in self.changes],
            "unexpected": [change.as_dict() for change in self.unexpected],
            "missing": [change.as_dict() for change in self.missing],
            "other_lines": list(self.other_lines),
        }


@dataclass(frozen=True)
class ArticleText:
    """One article with its paragraphs, its number apart. ``label`` empty: what stands before, between and after."""

    label: str
    body: str


def changes_from(plain: Iterable) -> tuple[ArticleChange, ...]:
    """Changes as callers and forms write them: :class:`ArticleChange`, a stored dict, or a bare label (修改)."""
    found = []
    for one in plain:
        if isinstance(one, ArticleChange):
            found.append(one)
        elif isinstance(one, dict):
            found.append(ArticleChange(ChangeKind(one["kind"]), one["label"]))
        else:
            found.append(ArticleChange(ChangeKind.CHANGED, str(one)))
    return tuple(dict.fromkeys(found))


def announced(text: str) -> tuple[ArticleChange, ...]:
    """The articles that an amendment says it changes: 将第三条修改为…, 删去第五条, 增加一条，作为第六条.

    What it quotes as new wording is not read. A paragraph or item of an article is a change of the article. An article
    that only gets another number is not in the list.
    """
    found: list[ArticleChange] = []
    for line in text.splitlines():
        mark = ARTICLE_MARK.match(line.strip().strip("　"))
        bare = _QUOTED.sub("“”", line.strip().strip("　")[mark.end() if mark else 0 :])
        for sentence in re.split(r"[。；;]", bare):
            found += _announced_in(sentence)
    return tuple(dict.fromkeys(found))


def _announced_in(sentence: str) -> list[ArticleChange]:
    found: list[ArticleChange] = []
    rest = sentence
    for match in _ADDED.finditer(sentence):
        found += [ArticleChange(ChangeKind.ADDED, label) for label in _range(match["places"])]
    rest = _ADDED.sub("", rest)
    # 在第五条后增加一条: the fifth is where, not what.
    rest = re.sub(rf"在?{_ARTICLE}(?:之)?[前后]", "", rest)
    renumbered = {match["old"] for match in _RENUMBERED.finditer(rest)}
    changed_too = bool(re.search(r"修改为", _RENUMBERED.sub("", rest)))
    if renumbered and changed_too:
        found += [ArticleChange(ChangeKind.CHANGED, label) for label in sorted(renumbered)]
    rest = _RENUMBERED.sub("", rest)
    for match in _STRUCK.finditer(rest):
        found += _struck(match["places"], bool(match["part"]))
    rest = _STRUCK.sub("", rest)
    for match in _CHANGED.finditer(rest):
        if not _STRUCK_AFTER.match(match[0]):
            found += [ArticleChange(ChangeKind.CHANGED, label) for label in _NAMED.findall(match["places"])]
        else:
            found += _struck(match["places"], False)
    return found


def _struck(places: str, in_part: bool) -> list[ArticleChange]:
    """删去第五条 strikes it; 删去第五条第二款 or 第五条中的“…” changes it."""
    found = []
    for place in re.findall(_PLACE, places):
        label = _NAMED.match(place)[0]
        whole = place == label and not in_part
        found.append(ArticleChange(ChangeKind.STRUCK if whole else ChangeKind.CHANGED, label))
    return found


def _range(places: str) -> list[str]:
    """Labels named, those between 第六条至第八条 included."""
    labels = _NAMED.findall(places)
    if "至" not in places or len(labels) != 2 or "之" in places:
        return labels
    first, last = (_number(label) for label in labels)
    return [f"第{_numeral(number)}条" for number in range(first, last + 1)]


def _number(label: str) -> int:
    digits = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}
    total = unit = 0
    for sign in label[1:-1]:
        if sign == "十":
            total, unit = total + (unit or 1) * 10, 0
        elif sign == "百":
            total, unit = total + (unit or 1) * 100, 0
        else:
            unit = digits[sign]
    return total + unit


def _numeral(number: int) -> str:
    signs = "〇一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{signs[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else signs[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (signs[ones] if ones or not number else "")


def written(changes: Iterable[ArticleChange]) -> str:
    """A list of changes as people write it, one line a kind; :func:`read_list` reads it back."""
    lines = []
    for kind in ChangeKind:
        labels = [change.label for change in changes if change.kind == kind]
        if labels:
            lines.append(f"{kind.label}：{'、'.join(labels)}")
    return "\n".join(lines)


def read_list(text: str) -> tuple[ArticleChange, ...]:
    """What a person wrote: 修改：第三条、第八条 / 删去：第五条 / 增加：第九条, or the words of the decision."""
    found: list[ArticleChange] = []
    # Several kinds may stand in one line, as in a form with one line: 修改：第三条；增加：第五条.
    for line in _NEXT_KIND.sub("\n", text).splitlines():
        head = _KIND_HEAD.match(line)
        if not head:
            found += announced(line)
            continue
        kind = {"修改": ChangeKind.CHANGED, "增加": ChangeKind.ADDED}.get(head[1], ChangeKind.STRUCK)
        found += [ArticleChange(kind, label) for label in _labels(line[head.end() :])]
    return tuple(dict.fromkeys(found))


def listed_articles(text: str) -> tuple[ArticleChange, ...]:
    """:func:`read_list` of what a planned amendment names; bare articles are changed ones."""
    return read_list(text) or read_list(f"修改：{text}")


def _labels(text: str) -> list[str]:
    """Articles and sections (一、) named in a list."""
    pieces = (piece.strip() for piece in re.split(r"[、，,；;。\s]+", text))
    return [piece for piece in pieces if re.fullmatch(rf"{_ARTICLE}|[{NUMERAL}]+", piece)]


def articles_of(text: str) -> list[ArticleText]:
    """The articles of a text in order. A text without articles is cut at its sections (一、二、)."""
    lines = [line.strip().strip("　").strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    has_articles = any(ARTICLE_MARK.match(line) for line in lines)
    mark_of = ARTICLE_MARK.match if has_articles else _SECTION.match
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in lines:
        mark = mark_of(line)
        if mark:
            found.append((mark[0].rstrip("、"), [line[mark.end() :].strip().strip("　")]))
        elif has_articles and CHAPTER_MARK.match(line):
            found.append(("", [line]))
        else:
            found[-1][1].append(line)
    return [ArticleText(label, "\n".join(body)) for label, body in found if label or body]


def pairs_of(before: str, after: str) -> list[tuple[ArticleText | None, ArticleText | None]]:
    """Articles of two texts side by side: same words under another number belong together, then same number, then
    what is alike; what has no fellow stands alone."""
    old, new = articles_of(before), articles_of(after)
    pairs: list[tuple[ArticleText | None, ArticleText | None]] = []
    matcher = SequenceMatcher(None, [one.body for one in old], [one.body for one in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pairs += list(zip(old[i1:i2], new[j1:j2], strict=True))
        else:
            pairs += _paired(old[i1:i2], new[j1:j2])
    return pairs


def _paired(old: Sequence[ArticleText], new: Sequence[ArticleText]):
    fellows: dict[int, int] = {}
    free = set(range(len(new)))
    for exact in (True, False):
        for index, one in enumerate(old):
            if index in fellows:
                continue
            low = max((fellows[i] for i in fellows if i < index), default=-1)
            high = min((fellows[i] for i in fellows if i > index), default=len(new))
            fits = [n for n in sorted(free) if low < n < high and _fits(one, new[n], exact)]
            if fits:
                fellows[index] = fits[0]
                free.discard(fits[0])
    pairs, at = [], 0
    for index, one in enumerate(old):
        if index not in fellows:
            pairs.append((one, None))
            continue
        pairs += [(None, new[n]) for n in range(at, fellows[index])]
        pairs.append((one, new[fellows[index]]))
        at = fellows[index] + 1
    return pairs + [(None, new[n]) for n in range(at, len(new))]


def _fits(one: ArticleText, other: ArticleText, exact: bool) -> bool:
    if bool(one.label) != bool(other.label):
        return False
    alike = SequenceMatcher(None, one.body, other.body, autojunk=False).ratio() >= ALIKE
    if exact:
        return one.label == other.label and alike
    return alike or (one.label == other.label and one.label != "")


def check(before: str, after: str, expected: Iterable[ArticleChange]) -> Outcome:
    """Whether exactly the announced articles differ. Renumbered articles with the same words do not differ."""
    wanted = tuple(expected)
    changes: list[ArticleChange] = []
    other: list[str] = []
    for old, new in pairs_of(before, after):
        if old is not None and new is not None and old.body == new.body:
            continue
        if not (old.label if old is not None else new.label):
            other.append(_first_words(new or old))
        elif old is None:
            changes.append(ArticleChange(ChangeKind.ADDED, new.label))
        elif new is None:
            changes.append(ArticleChange(ChangeKind.STRUCK, old.label))
        else:
            changes.append(ArticleChange(ChangeKind.CHANGED, old.label))
    return Outcome(
        changes=tuple(changes),
        unexpected=tuple(change for change in changes if change not in wanted),
        missing=tuple(change for change in wanted if change not in changes),
        other_lines=tuple(other),
    )


def _first_words(article: ArticleText) -> str:
    first = article.body.splitlines()[0] if article.body else ""
    return first[:30] + ("…" if len(first) > 30 else "")
