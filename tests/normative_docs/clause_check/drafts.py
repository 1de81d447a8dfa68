"""Invented drafts in which one clause is looked at."""

import tomllib
from pathlib import Path

from normative_docs.clause_check.engine import Hint, check_text

FIXTURES = Path(__file__).parent / "fixtures"
LAST = "本办法自2026年3月1日起施行，有效期至2031年2月28日。"


def clauses(kind: str) -> list[dict]:
    return tomllib.loads((FIXTURES / "clauses.toml").read_text(encoding="utf-8"))[kind]


def draft_with(clause: str) -> str:
    """A town's draft whose second article is the clause."""
    return f"柳湾镇公共事务管理办法\n第一条 为了规范公共事务管理，制定本办法。\n第二条 {clause}\n第三条 {LAST}"


def hints_on(clause: str, **options) -> list[Hint]:
    """The hints on that clause, none on the rest of the draft."""
    return [hint for hint in check_text(draft_with(clause), **options) if hint.at.startswith("第二条")]
