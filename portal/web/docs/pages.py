"""``docs/pages.md``: every page of the portal, what it is for and who may open it.

The addresses come from the URL resolver, the words from ``docs/pages.toml``. An address without a row,
or a row without an address, is an error: the table cannot fall behind the program.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from portal.accounts.roles import ROLES, every_authority, roles_with
from portal.web.docs import DocsError, Generated, heading, page, table
from portal.web.docs.addresses import Address, addresses

SOURCE = "docs/pages.toml"
TARGET = "docs/pages.md"
FIELDS = {"name", "title", "purpose", "role"}

# Rules that are not an authority.
EVERYONE = {
    "public": "公众，不需登录",
    "receipt": "持受理编号和查询码的人",
    "signed-in": "已登录人员",
    "machine": "监控程序",
}

AUDIENCES = (("/staff/", "乡镇"), ("/county/", "县级"), ("/api/", "接口"), ("/admin/", "管理"), ("/", "公众"))


@dataclass(frozen=True)
class PageRow:
    """What ``docs/pages.toml`` says of one address.

    ``role`` is a key of :data:`EVERYONE`, an authority (``room.verb``), or several of them, any of which
    opens the page.
    """

    name: str
    title: str
    purpose: str
    role: tuple[str, ...]

    def who(self) -> str:
        """The role rule in words: the roles that hold one of the authorities."""
        words = [EVERYONE[rule] for rule in self.role if rule in EVERYONE]
        codes = {code for rule in self.role if rule not in EVERYONE for code in roles_with(rule)}
        return "、".join(words + [role.label for role in ROLES.values() if role.code in codes])


@dataclass(frozen=True)
class Declared:
    """The whole of ``docs/pages.toml``: rows, and namespaces that another document describes."""

    rows: dict[str, PageRow]
    namespaces: dict[str, PageRow]

    def row_for(self, address: Address) -> PageRow | None:
        """The row of an address, its own before that of its namespace."""
        return self.rows.get(address.key) or self.namespaces.get(address.namespace)


def read(root: Path) -> Declared:
    """Rows of ``docs/pages.toml``; raises :class:`DocsError` for a crooked or double row."""
    data = tomllib.loads((root / SOURCE).read_text(encoding="utf-8"))
    found: list[str] = []
    tables = []
    for kind in ("page", "namespace"):
        rows = data.get(kind, [])
        found += [f"{row.get('name', '?')}: fields must be {sorted(FIELDS)}" for row in rows if set(row) != FIELDS]
        doubled = Counter(row.get("name") for row in rows)
        found += [f"{name}: described {count} times" for name, count in doubled.items() if count > 1]
        tables.append(rows)
    if found:
        raise DocsError(f"{SOURCE}: {problem}" for problem in found)
    rows, namespaces = ({row["name"]: _row(row) for row in rows} for rows in tables)
    return Declared(rows, namespaces)


def _row(row: dict) -> PageRow:
    role = (row["role"],) if isinstance(row["role"], str) else tuple(row["role"])
    return PageRow(row["name"], row["title"], row["purpose"], role)


def problems(declared: Declared, known: Iterable[Address]) -> list[str]:
    """Addresses without a row, rows without an address, unknown role rules, empty words."""
    known = list(known)
    found = [
        f'no row for {address.route}; add: {{ name = "{address.key}", title = "…", purpose = "…", role = "…" }}'
        for address in known
        if declared.row_for(address) is None
    ]
    keys, namespaces = ({address.key for address in known}, {address.namespace for address in known})
    found += [f"{name}: no such address" for name in declared.rows if name not in keys]
    found += [f"{name}: no such namespace" for name in declared.namespaces if name not in namespaces]
    rules = every_authority() | set(EVERYONE)
    for row in (*declared.rows.values(), *declared.namespaces.values()):
        found += [f"{row.name}: no authority or rule {rule!r}" for rule in row.role if rule not in rules]
        if not (row.title and row.purpose and row.role):
            found.append(f"{row.name}: title, purpose and role must be filled")
    return found


def generate(root: Path) -> Generated:
    """The page table; raises :class:`DocsError` when table and resolver disagree."""
    declared, known = read(root), addresses()
    wrong = problems(declared, known)
    if wrong:
        raise DocsError(f"{SOURCE}: {problem}" for problem in wrong)
    return {TARGET: render(declared, known)}


def render(declared: Declared, known: list[Address]) -> str:
    """One table for each audience, in the order of the addresses; a namespace takes one line."""
    lines = heading("Pages", f"the URL resolver and `{SOURCE}`")
    groups: dict[str, list[tuple[str, ...]]] = {label: [] for _, label in AUDIENCES}
    seen = set()
    for address in known:
        row = declared.row_for(address)
        whole = address.key not in declared.rows
        if whole and row.name in seen:
            continue
        seen.add(row.name)
        name = f"`{row.name}:*`" if whole else f"`{address.key}`"
        route = f"`{address.route}`"
        groups[_audience(address)].append((route, name, row.title, row.purpose, row.who()))
    for label, rows in groups.items():
        if rows:
            lines += [f"## {label}", ""]
            lines += table(("地址", "名称", "标题", "用途", "谁可以打开"), rows)
    return page(lines)


def _audience(address: Address) -> str:
    return next(label for prefix, label in AUDIENCES if address.route.startswith(prefix))
