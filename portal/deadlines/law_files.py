"""Reads ``law/*.toml`` into the classes of ``limits.py``, and refuses data that contradicts itself."""

import tomllib
from pathlib import Path

from portal.deadlines.limits import (
    ACTIVE,
    BACKWARD,
    MODES,
    NATIONAL,
    STATES,
    WITHOUT_NUMBER,
    Extension,
    Region,
    SuspensionRule,
    TimeLimit,
    is_ladder_step,
)

LAW = Path(__file__).parent / "law"

# Reminders by kind of limit; a row may name its own. Alarms at half, four fifths and one working day before.
RUNNING = ("50%", "80%", "1wd", "overdue")
BEFORE_EVENT = ("5wd", "1wd", "overdue")
YEARLY = ("30d", "10d", "1wd", "overdue")
VALIDITY = ("180d", "90d", "30d", "ended")
OTHERS = ("ended",)


class LawDataError(ValueError):
    """A row of the data files cannot be right. Raised at start, never shown to a user."""


def read_law(folder: Path = LAW) -> tuple[tuple[TimeLimit, ...], tuple[Region, ...]]:
    """Read all chapters (national rows) and all regional profiles."""
    instruments = tomllib.loads((folder / "instruments.toml").read_text(encoding="utf-8"))
    national: list[TimeLimit] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name != "instruments.toml":
            chapter = tomllib.loads(path.read_text(encoding="utf-8"))
            national += [_national(row, chapter["chapter"], instruments) for row in chapter["limit"]]
    regions = [
        _region(
            path.stem,
            tomllib.loads(path.read_text(encoding="utf-8")),
            {row.code: row for row in national},
        )
        for path in sorted((folder / "regions").glob("*.toml"))
    ]
    for row in (*national, *(row for region in regions for row in region.limits)):
        _check(row)
    return tuple(national), tuple(regions)


def _national(row: dict, chapter: str, instruments: dict) -> TimeLimit:
    instrument = instruments[row["instrument"]]
    citation = instrument["cited"] + row["article"]
    own = {
        **row,
        "chapter": chapter,
        "instrument": instrument["title"],
        "citation": citation,
        "rank": row.get("rank", instrument.get("rank", NATIONAL)),
        "valid_from": row.get("valid_from", instrument.get("valid_from")),
    }
    return _build(own, instrument["cited"])


def _region(slug: str, data: dict, national: dict[str, TimeLimit]) -> Region:
    """A regional row inherits what it does not say from the national row of the same code."""
    rows = []
    for row in data["limit"]:
        known = national.get(row["code"])
        if known is not None and known.confidence == "V" and known.mode not in WITHOUT_NUMBER:
            raise LawDataError(f"{slug}: {row['code']} is fixed by a national rule; a region may not change it")
        inherited = {}
        if known is not None:
            inherited = {
                name: getattr(known, name)
                for name in (
                    "label",
                    "start_event",
                    "bound_party",
                    "at_expiry",
                    "direction",
                    "ours",
                    "no_extension",
                )
            }
        note = row.pop("basis_note", "")
        citation = data["basis"] + (f"：{note}" if note else "")
        own = {
            "valid_from": data["valid_from"],
            **inherited,
            **row,
            "chapter": known.chapter if known else f"{data['name']}{data['mark']}",
            "instrument": data["basis"],
            "article": "",
            "citation": citation,
            "confidence": "VL",
            "rank": "local",
            "region": slug,
        }
        rows.append(_build(own, data["basis"]))
    return Region(
        slug=slug,
        name=data["name"],
        mark=data["mark"],
        limits=tuple(rows),
        amounts=data.get("amounts", {}),
        notes=data.get("notes", {}),
    )


def _build(row: dict, cited: str) -> TimeLimit:
    def cite(article: str) -> str:
        return article if article.startswith("《") else cited + article

    if "extension" in row:
        granted = dict(row["extension"])
        row["extension"] = Extension(citation=cite(granted.pop("article")), **granted)
    if "suspension" in row:
        stop = dict(row["suspension"])
        row["suspension"] = SuspensionRule(
            events=tuple(stop["events"]),
            citation=cite(stop["article"]),
            written_notice=stop["written_notice"],
        )
    row["reminders"] = tuple(row.get("reminders", _ladder(row)))
    return TimeLimit(**row)


def _ladder(row: dict) -> tuple[str, ...]:
    if not row.get("ours", True) or row.get("direction") == "min" or row["mode"] in ("GATE", "DAILY"):
        return OTHERS
    if row["mode"] == "UNTIL":
        return VALIDITY
    if row["mode"] == "DATE":
        return YEARLY
    return BEFORE_EVENT if row["mode"] in BACKWARD else RUNNING


def _check(row: TimeLimit) -> None:
    """One row must be complete enough to be counted and cited."""

    def refuse(why: str):
        raise LawDataError(f"{row.code}: {why}")

    if row.mode not in MODES:
        refuse(f"unknown mode {row.mode}")
    if row.direction not in ("max", "min", "before"):
        refuse(f"unknown direction {row.direction}")
    if (row.mode in BACKWARD) != (row.direction == "before") and row.mode != "GATE":
        refuse("a limit before an event counts backward, and no other does")
    if row.confidence not in STATES:
        refuse(f"unknown confidence {row.confidence}")
    if row.mode in WITHOUT_NUMBER and not row.stated_in:
        refuse("a limit without number says where the number stands")
    if row.mode == "DATE" and not row.month_day:
        refuse("a yearly limit has a date")
    if row.mode not in (*WITHOUT_NUMBER, "DATE") and not row.length:
        refuse("a length is missing")
    if row.state == ACTIVE and row.valid_from is None:
        refuse("an active rule has a date of effect")
    if row.extension and (row.counts_backward or row.mode in ("DATE", "UNTIL", "HOUR")):
        refuse("nothing can be extended here")
    if not all(is_ladder_step(step) for step in row.reminders):
        refuse("unknown reminder step")
