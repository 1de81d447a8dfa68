"""What a page asks of the database, and how the database would answer it."""

import json

from django.db import connection
from django.test.utils import CaptureQueriesContext

BIG_TABLES = {
    "casefiles_casefile", "normative_docs_normativedocument", "publishing_publication", "search_searchentry",
    "normative_docs_in_force_textversion",
}  # fmt: skip


def statements_of(get) -> tuple[list[str], object]:
    """Every statement that ``get()`` runs, and what it returns."""
    with CaptureQueriesContext(connection) as captured:
        answer = get()
    return [query["sql"] for query in captured], answer


def scanned(cursor, statements) -> list[str]:
    """Big tables that a plan of these statements would read from end to end."""
    found = []
    for statement in statements:
        if "set_config" in statement:
            cursor.execute(statement)  # the planner is asked under the same settings as by the page
        elif statement.startswith(("SELECT", "WITH", "\nWITH")):
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
            answer = cursor.fetchone()[0]
            plan = answer if isinstance(answer, list) else json.loads(answer)
            found += [f"{table}: {statement}" for table in _read_through(plan[0]["Plan"])]
    return found


def _read_through(node: dict, stops_early: bool = False) -> list[str]:
    """Tables scanned from end to end; a scan that a LIMIT above it stops (a count up to a thousand) is none."""
    kind = node["Node Type"]
    here = [node["Relation Name"]] if kind == "Seq Scan" and not stops_early else []
    stops_early = kind == "Limit" or (stops_early and kind in ("Nested Loop", "Hash Join"))
    found = [name for name in here if name in BIG_TABLES]
    for child in node.get("Plans", ()):
        found += _read_through(child, stops_early and child.get("Parent Relationship") == "Outer")
    return found
