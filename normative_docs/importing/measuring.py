"""How well the reader does on real texts whose metadata a person has written down.

``KINDS`` is the register of what can be measured: for each kind the reader and the comparison of each field.
A further kind is one more entry.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from normative_docs.importing.metadata import read_metadata
from normative_docs.importing.numbers import normalised_number
from normative_docs.importing.reading import SUPPORTED, UnreadableDocument, read_lines
from normative_docs.importing.titles import normalised_title

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_ALIAS = re.compile(r"^(?P<full>[^（(]+)(?:[（(](?:落款|又作|简称)[：:]\s*(?P<alias>[^）)]+)[）)])?$")


class NothingToMeasure(Exception):
    """The folder holds no expected metadata; the message is a Chinese sentence for the user."""


@dataclass(frozen=True)
class Kind:
    """What is measured: a reader from file to plain data, and a comparison (expected, found, whole found) per field.

    ``literal`` names the fields whose value stands in the text as it is, if it is printed at all.
    """

    code: str
    name: str
    read: Callable[[Path], dict]
    fields: dict[str, Callable[[Any, Any, dict], bool]]
    literal: tuple[str, ...] = ()


@dataclass
class Score:
    """The result over one folder.

    ``invented`` are fields filled although nothing is expected; ``unprinted`` those whose expected value stands nowhere
    in the text, so that no reader could find it (a number known only to the web page that carried the text).
    """

    right: dict[str, int] = field(default_factory=dict)
    of: dict[str, int] = field(default_factory=dict)
    misses: list[dict] = field(default_factory=list)
    missing_files: list[str] = field(default_factory=list)

    @property
    def total(self) -> tuple[int, int]:
        """Fields read right, and fields compared."""
        return sum(self.right.values()), sum(self.of.values())

    @property
    def unprinted(self) -> list[dict]:
        return [miss for miss in self.misses if miss["unprinted"]]

    @property
    def invented(self) -> list[dict]:
        return [miss for miss in self.misses if not miss["expected"] and miss["found"]]

    def as_dict(self) -> dict:
        right, of = self.total
        return {
            "right": right,
            "of": of,
            "percent": _percent(right, of),
            "unprinted": len(self.unprinted),
            "percent_of_printed": _percent(right, of - len(self.unprinted)),
            "fields": {name: {"right": self.right[name], "of": self.of[name]} for name in self.of},
            "misses": self.misses,
            "invented": len(self.invented),
            "missing_files": self.missing_files,
        }


def measure(kind: Kind, folder: Path) -> Score:
    """Read every text of the folder that has expected data and compare field by field.

    Expected data are a JSON list of objects with ``file``, or one ``TEXT.expected.json`` (or ``STEM.expected.json``)
    beside a text. Raises NothingToMeasure when the folder has none.
    """
    expectations = _expectations(folder, kind)
    if not expectations:
        raise NothingToMeasure(f"文件夹中没有期望结果（*.json）：{folder}")
    score = Score()
    for name, expected in expectations:
        path = folder / name
        if not path.exists():
            score.missing_files.append(name)
            continue
        try:
            found, text = kind.read(path), _closed_up("".join(read_lines(path)))
        except UnreadableDocument:
            found, text = {}, ""
        for field_name, same in kind.fields.items():
            if field_name not in expected:
                continue
            score.of[field_name] = score.of.get(field_name, 0) + 1
            matches = same(expected[field_name], found.get(field_name), found)
            score.right[field_name] = score.right.get(field_name, 0) + matches
            if not matches:
                score.misses.append(
                    {
                        "file": name,
                        "field": field_name,
                        "expected": expected[field_name],
                        "found": found.get(field_name),
                        "unprinted": field_name in kind.literal and not _stands_in(expected[field_name], text),
                    }
                )
    return score


def _percent(right: int, of: int) -> float | None:
    return round(100 * right / of, 1) if of else None


def _closed_up(text: str) -> str:
    """The text in one spelling of brackets and digits, without spaces."""
    return normalised_number(re.sub(r"\s", "", text))


def _stands_in(expected: Any, text: str) -> bool:
    """Whether an expected value stands in the text in any spelling of its brackets; nothing expected always does."""
    if not isinstance(expected, str) or not expected:
        return True
    match = _ALIAS.match(expected)
    names = [name for name in (match["full"], match["alias"]) if name] if match else [expected]
    return any(_closed_up(name) in text for name in names)


def _expectations(folder: Path, kind: Kind) -> list[tuple[str, dict]]:
    found: list[tuple[str, dict]] = []
    for path in sorted(folder.glob("*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise NothingToMeasure(f"期望结果不是有效的 JSON：{path.name}") from error
        if path.name.endswith(".expected.json") and isinstance(data, dict):
            found.append((data.get("file") or _text_beside(path), data))
        elif isinstance(data, list):
            found += [
                (item["file"], item)
                for item in data
                if isinstance(item, dict) and "file" in item and kind.fields.keys() & item.keys()
            ]
    return found


def _text_beside(path: Path) -> str:
    stem = path.name.removesuffix(".expected.json")
    named = [stem, *(stem + suffix for suffix in SUPPORTED)]
    return next((name for name in named if (path.parent / name).is_file()), stem)


def _same_text(expected: str | None, found: str | None, _all: dict) -> bool:
    return re.sub(r"\s", "", expected or "") == re.sub(r"\s", "", found or "")


def _same_title(expected: str | None, found: str | None, everything: dict) -> bool:
    """Equal, the issuing body before 关于 counting on neither side."""
    body = everything.get("issuing_body") or ""
    return normalised_title(expected).removeprefix(body) == normalised_title(found).removeprefix(body)


def _same_number(expected: str | None, found: str | None, _all: dict) -> bool:
    return normalised_number(expected) == normalised_number(found)


def _same_body(expected: str | None, found: str | None, _all: dict) -> bool:
    """Equal to the full name or to the signed short name that the expectation gives as 落款."""
    if not expected or not found:
        return not expected and not found
    match = _ALIAS.match(expected)
    names = {name for name in (match["full"], match["alias"]) if name} if match else {expected}
    return re.sub(r"[\s、，,]", "", found) in {re.sub(r"[\s、，,]", "", name) for name in names}


def _same_validity(expected: str | None, found: str | None, everything: dict) -> bool:
    """Equal or one within the other; an expectation told in other words is met by its date."""
    if not expected or not found:
        return not expected and not found
    date = _ISO.search(expected)
    if date:
        return everything.get("valid_until") == date[0]
    one, other = re.sub(r"\s", "", expected), re.sub(r"\s", "", found)
    return one in other or other in one


def _same_repeals(expected: list | None, found: list | None, _all: dict) -> bool:
    """The same set of documents, each by number where it has one, else by title, from the same day."""

    def keys(repeals: list | None) -> set[tuple[str, str | None]]:
        return {
            (normalised_number(r.get("number")) or normalised_title(r.get("title")), r.get("from_date"))
            for r in repeals or []
        }

    return keys(expected) == keys(found)


KINDS = {
    "normative_documents": Kind(
        code="normative_documents",
        name="行政规范性文件",
        read=lambda path: read_metadata(path).as_dict(),
        fields={
            "title": _same_title,
            "document_number": _same_number,
            "issuing_body": _same_body,
            "issued_on": _same_text,
            "effective_on": _same_text,
            "valid_until": _same_text,
            "validity": _same_validity,
            "adopted_at": _same_text,
            "repeals": _same_repeals,
        },
        literal=("document_number", "issuing_body"),
    )
}
