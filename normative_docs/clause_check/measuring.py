"""How well the engine does on real texts: the clauses a reader would stop at, and how often it speaks elsewhere.

Expected clauses are JSON in the folder: ``{"clauses": [{"file", "at", "kind"}]}`` (or the bare list). ``at`` may name
several places (三（二）第一、二款; 二（一）、二（四）); ``whole`` and 全文 mean the text as a whole.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from normative_docs.clause_check.engine import WHOLE, check_text
from normative_docs.importing.reading import SUPPORTED, UnreadableDocument, read_lines

PER = 1500
_PARAGRAPH = re.compile(r"第([一二三四五六七八九十]+)(?:款)?$")
_NAMED_TOGETHER = re.compile(r"^(?P<head>.*?)(?P<list>第[一二三四五六七八九十]+(?:、[一二三四五六七八九十]+)+款)$")


class NothingToCheck(Exception):
    """The folder holds no text; the message is a Chinese sentence for the user."""


@dataclass
class Measure:
    """``expected`` are places, ``hinted`` those with a hint on them; ``texts`` maps file to (characters, hints)."""

    expected: list[tuple[str, str]] = field(default_factory=list)
    hinted: list[tuple[str, str]] = field(default_factory=list)
    entries: list[tuple[str, str]] = field(default_factory=list)
    entries_hinted: list[tuple[str, str]] = field(default_factory=list)
    texts: dict[str, tuple[int, int]] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)

    @property
    def missed(self) -> list[tuple[str, str]]:
        return [place for place in self.expected if place not in self.hinted]

    def per_text(self, characters: int, hints: int) -> float:
        """Hints per 1,500 characters; a short text counts as one such length."""
        return round(hints * PER / max(characters, PER), 2)

    def as_dict(self) -> dict:
        characters = sum(size for size, _ in self.texts.values())
        hints = sum(count for _, count in self.texts.values())
        return {
            "expected": len(self.entries),
            "hinted": len(self.entries_hinted),
            "percent": _percent(self.entries_hinted, self.entries),
            "places": len(self.expected),
            "places_hinted": len(self.hinted),
            "places_percent": _percent(self.hinted, self.expected),
            "missed": [{"file": name, "at": at} for name, at in self.missed],
            "characters": characters,
            "hints": hints,
            "per_1500": self.per_text(characters, hints),
            "texts": {
                name: {"characters": size, "hints": count, "per_1500": self.per_text(size, count)}
                for name, (size, count) in self.texts.items()
            },
            "unread": self.unread,
        }


def measure_clauses(folder: Path, *, on: date | None = None) -> Measure:
    """Check every text of the folder and compare with the expected clauses, where it has any.

    :raises NothingToCheck: no TXT, DOCX or PDF in the folder.
    """
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUPPORTED)
    if not paths:
        raise NothingToCheck(f"文件夹中没有可检查的文本：{folder}")
    result = Measure()
    places: dict[str, set[str]] = {}
    for path in paths:
        try:
            text = "\n".join(read_lines(path))
        except UnreadableDocument as error:
            result.unread[path.name] = str(error)
            continue
        hints = check_text(text, on=on)
        places[path.name] = {_bare(hint.at) for hint in hints}
        result.texts[path.name] = (len(re.sub(r"\s", "", text)), len(hints))
    for name, printed in _expected(folder):
        each = places_in(printed)
        result.entries.append((name, printed))
        met = [one for one in each if _is_hinted(one, places.get(name, set()))]
        if met:
            result.entries_hinted.append((name, printed))
        result.expected += [(name, one) for one in each]
        result.hinted += [(name, one) for one in met]
    return result


def places_in(printed: str) -> list[str]:
    """「三（二）第一、二款」 → 三（二）第一款, 三（二）第二款; 「二（一）、二（四）」 → both."""
    if printed.strip().lower() in ("whole", WHOLE):
        return [WHOLE]
    together = _NAMED_TOGETHER.match(printed)
    if together:
        return [f"{together['head']}第{number}款" for number in together["list"].strip("第款").split("、")]
    return [place for part in re.split(r"[，,；;]|(?<=[）)款项条\d])、", printed) if (place := part.strip())]


def _is_hinted(place: str, hinted: set[str]) -> bool:
    """On the clause itself, or on a part of it."""
    wanted = _bare(place)
    if wanted == WHOLE:
        return WHOLE in hinted
    without = _PARAGRAPH.sub("", wanted)
    return any(at == wanted or at.startswith(wanted) for at in hinted) or (without != wanted and without in hinted)


def _bare(at: str) -> str:
    return re.sub(r"[\s、.．]", "", at)


def _expected(folder: Path) -> list[tuple[str, str]]:
    found = []
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        rows = data.get("clauses", []) if isinstance(data, dict) else data
        found += [(row["file"], row["at"]) for row in rows if isinstance(row, dict) and {"file", "at"} <= row.keys()]
    return found


def _percent(part: list, whole: list) -> float | None:
    return round(100 * len(part) / len(whole), 1) if whole else None
