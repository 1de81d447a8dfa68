"""Numbers of documents by the pages: one kept back, one given up, and which one the next signature gets."""

from datetime import date

import pytest

from tests.journeys.desk import Desk
from tests.normative_docs.scenarios import begin

KEPT_FOR, VOIDED_FOR, NO_LONGER = "为防汛应急通告预留", "为禁渔通告预留", "县里统一发布，本镇不再制发"


def keep_back(head: Desk, reason: str) -> str:
    """Returns the number that was kept back."""
    head.page.get_by_label("理由", exact=True).fill(reason)
    head.press("预留").shows("已预留")
    return row_of(head, reason).get_by_role("rowheader").inner_text()


def row_of(head: Desk, words: str):
    return head.page.locator("main tbody tr", has_text=words)


def to_the_numbers(head: Desk) -> Desk:
    return head.open("/staff/registers/").follow("编号台账")


@pytest.mark.full
def test_a_number_kept_back_and_one_voided_are_listed_and_the_next_signature_gets_the_number_after_them(
    desk, clock, world
):
    journey = begin(world, start=date(2026, 6, 1))
    journey.walk("adopt")
    journey.workday()
    journey.prepare_signing()
    clock.go_to(journey.day)

    head = to_the_numbers(desk().sign_in("lt_head"))
    kept, voided = keep_back(head, KEPT_FOR), keep_back(head, VOIDED_FOR)
    assert kept != voided

    row = row_of(head, VOIDED_FOR)
    row.locator("summary").click()
    row.get_by_label("作废理由").fill(NO_LONGER)
    head.press("作废").shows("已作废", voided)

    case = f"/staff/cases/{journey.document.public_id}/"
    head.open(case).start_step("签发并编号").shows(kept)
    assert voided not in head.text
    head.take_step(case, "签发并编号").done()
    journey.document.refresh_from_db()
    signed = journey.document.document_number
    head.shows(signed)
    assert signed not in (kept, voided)

    to_the_numbers(head)
    states = {
        line.get_by_role("rowheader").inner_text(): line.locator(".tag").inner_text()
        for line in head.page.locator("main tbody tr").all()
    }
    assert states == {kept: "预留", voided: "作废", signed: "已使用"}
    assert NO_LONGER in row_of(head, voided).inner_text()
    head.follow(journey.document.title)
    assert head.path == case


@pytest.mark.full
def test_a_document_is_signed_with_the_number_that_was_kept_for_it(desk, clock, world):
    journey = begin(world, start=date(2026, 6, 1))
    journey.walk("adopt")
    journey.workday()
    journey.prepare_signing()
    clock.go_to(journey.day)

    head = to_the_numbers(desk().sign_in("lt_head"))
    kept = keep_back(head, KEPT_FOR)
    keep_back(head, VOIDED_FOR)
    head.open(f"/staff/cases/{journey.document.public_id}/").start_step("签发并编号")
    head.write(confirmed=True).choose("reserved_number", kept).press("签发并编号").done().shows(kept)
    to_the_numbers(head)
    assert "已使用" in row_of(head, kept).inner_text()
    assert journey.document.title in row_of(head, kept).inner_text()
