"""Catalogue, decision and archive lead to each other (S3-9c): what the other registers show of the catalogue."""

from decisions.archiving.register import REGISTER as ARCHIVE
from decisions.views.register import REGISTER as LEDGER
from portal.web.inside.register import RegisterColumn, add_column


def _with_entries(decisions):
    return decisions.select_related("catalogue_entry__item__catalogue")


def _words(decision) -> str:
    """2026年度第3项, or why it is in no catalogue; empty as long as nobody said."""
    entry = getattr(decision, "catalogue_entry", None)
    if entry is None:
        return ""
    if entry.item is None:
        return f"未列入：{entry.reason}"
    return f"{entry.item.catalogue.year}年度第{entry.item.number}项"


COLUMNS = tuple(
    add_column(register.code, RegisterColumn("catalogue", "年度目录", _words), rows=_with_entries)
    for register in (LEDGER, ARCHIVE)
)
