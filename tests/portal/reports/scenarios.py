"""Reports on which every gate of a step is met, and how to take exactly one condition away."""

from datetime import date

from portal.publishing.copying import prepare_copy
from tests.portal.reports.desk import Desk, record_document

_BEFORE = {
    "hand_in": "write_all",
    "approve": "hand_in",
    "send_back": "hand_in",
    "reopen": "approve",
    "submit": "make_paper",
    "publish": "review_public_text",
}
_BY_HEAD = ("approve", "send_back", "reopen")


def ready_for(world, code: str) -> tuple[Desk, object, dict]:
    """A desk, who may take the step, and what its form asks, with every gate of the step met."""
    desk = Desk(world)
    desk.world = world
    desk.walk(_BEFORE[code])
    by = desk.cast.head if code in _BY_HEAD else desk.cast.clerk
    data = {"recipients": [desk.cast.town.county().name], "more": ""} if code == "submit" else {}
    return desk, by, data


def _empty_chapter(desk):
    desk.document.sections.filter(code="next_year").update(text="")


def _new_record(desk):
    record_document(desk.world, on=desk.day, number="龙政规〔2024〕7号", effective_on=date(2024, 7, 1))


def _unchecked_chapter(desk):
    desk.document.sections.filter(code="measures_capacity").update(needs_check=True)


def _no_word_text(desk):
    desk.document.final_docx = None
    desk.document.save(update_fields=["final_docx"])


def _another_copy(desk):
    prepare_copy(desk.document, by=desk.cast.clerk)


WITHOUT = {
    "sections_filled": _empty_chapter,
    "figures_current": _new_record,
    "text_checked": _unchecked_chapter,
    "paper_made": _no_word_text,
    "reviewed_for_public": _another_copy,
}
KEPT_BY_THE_DATABASE: set[str] = set()
TOGETHER: dict[str, set[str]] = {}
