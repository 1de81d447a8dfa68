"""``docs/requirements.md``: what is asked of the portal, where it can be seen, and which test proves it.

The source is ``docs/requirements.toml``. A row may not claim what is not there: a test file that does
not exist, a page without an address, or "done" without a test is an error.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from portal.web.docs import DocsError, Generated, heading, page, table
from portal.web.docs.addresses import addresses

SOURCE = "docs/requirements.toml"
TARGET = "docs/requirements.md"

STATES = {"done": "已完成", "partly": "部分完成", "later": "待建"}
ISSUES = (
    "Foundation",
    "Normative documents",
    "Decisions",
    "Powers and officers",
    "Cases",
    "Disputes",
    "Disclosure",
    "The year",
    "Proof",
)
FIELDS = {"id", "name", "room", "issue", "page", "test", "state"}


@dataclass(frozen=True)
class Requirement:
    """One line of the register; ``page`` and ``test`` are URL pattern names and paths from the root."""

    id: str
    name: str
    room: str
    issue: str
    page: tuple[str, ...]
    test: tuple[str, ...]
    state: str


def read(root: Path) -> list[Requirement]:
    """The register as data.

    Raises :class:`DocsError` naming every row that lacks a field or has an unknown one.
    """
    rows = tomllib.loads((root / SOURCE).read_text(encoding="utf-8"))["requirement"]
    crooked = [f"{row.get('id', '?')}: fields must be {sorted(FIELDS)}" for row in rows if set(row) != FIELDS]
    if crooked:
        raise DocsError(crooked)
    return [Requirement(**row | {"page": tuple(row["page"]), "test": tuple(row["test"])}) for row in rows]


def problems(requirements: Iterable[Requirement], root: Path, known_pages: set[str]) -> list[str]:
    """Every false or contradictory statement of the register, one line each."""
    requirements = list(requirements)
    found = [
        f"{identifier}: listed {count} times"
        for identifier, count in Counter(row.id for row in requirements).items()
        if count > 1
    ]
    for row in requirements:
        found += [f"{row.id}: no page is named {name}" for name in row.page if name not in known_pages]
        found += [f"{row.id}: no test file {path}" for path in row.test if not (root / path).is_file()]
        if row.state not in STATES:
            found.append(f"{row.id}: state {row.state!r} is none of {', '.join(STATES)}")
        if row.issue not in ISSUES:
            found.append(f"{row.id}: no issue is called {row.issue!r}")
        if row.state in ("done", "partly") and not row.test:
            found.append(f"{row.id}: {row.state} without a test that proves it")
        if row.state == "later" and (row.page or row.test):
            found.append(f"{row.id}: has a page or a test, so it is not later")
    return found


def generate(root: Path) -> Generated:
    """The requirement table; raises :class:`DocsError` when the register is not true."""
    requirements = read(root)
    wrong = problems(requirements, root, {address.name for address in addresses() if address.name})
    if wrong:
        raise DocsError(f"{SOURCE}: {problem}" for problem in wrong)
    return {TARGET: render(requirements)}


def render(requirements: list[Requirement]) -> str:
    """Counts by state and by piece of work, then one line for each requirement."""
    lines = heading("Requirements", f"`{SOURCE}`")
    lines += [
        "One line for each mechanism of the requirement register (S…, X-…), each object that must be published",
        "(P…) and each filing upward (K…). 状态 says what is in this version, not what is planned.",
        "",
    ]
    lines += table(("状态", "数量"), [*_counts(requirements), ("合计", str(len(requirements)))])
    lines += table(("Issue", *STATES.values()), _by_issue(requirements))
    lines += table(("ID", "名称", "页面", "测试", "状态"), map(_row, requirements))
    return page(lines)


def _counts(requirements: list[Requirement]) -> list[tuple[str, str]]:
    count = Counter(row.state for row in requirements)
    return [(label, str(count[state])) for state, label in STATES.items()]


def _by_issue(requirements: list[Requirement]) -> list[tuple[str, ...]]:
    count = Counter((row.issue, row.state) for row in requirements)
    return [
        (issue, *(str(count[issue, state]) for state in STATES))
        for issue in ISSUES
        if any(count[issue, state] for state in STATES)
    ]


def _row(row: Requirement) -> tuple[str, ...]:
    return (
        row.id,
        row.name,
        "<br>".join(f"`{name}`" for name in row.page),
        "<br>".join(f"[{Path(path).name}](../{path})" for path in row.test),
        STATES[row.state],
    )
