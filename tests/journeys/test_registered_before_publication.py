"""Where the county registers first: the setting, the number of the county, the publication, and nothing to file."""

from datetime import date

import pytest

from tests.journeys.settings import switch_on_by_the_page
from tests.journeys.test_whole_journey import review_the_public_text
from tests.normative_docs.scenarios import begin


@pytest.mark.full
def test_a_document_is_registered_by_the_county_then_published_and_nothing_is_left_to_file(
    desk, clock, world, run_jobs
):
    journey = begin(world, start=date(2026, 6, 1))
    journey.walk("adopt")
    journey.workday()
    journey.prepare_signing()
    clock.go_to(journey.day)
    title, case = journey.document.title, f"/staff/cases/{journey.document.public_id}/"
    clerk, head, reviewer, citizen = desk(), desk(), desk(), desk()

    switch_on_by_the_page(desk().sign_in("county_supervisor"), "先由县级统一登记、再公布")
    head.sign_in("lt_head").take_step(case, "签发并编号").done().shows("等待县级统一登记", "已先行登记，不另备案")

    clerk.sign_in("lt_clerk").take_step(case, "公布（已登记）").refused("县级已统一登记")

    clock.forward()
    reviewer.sign_in("county_reviewer").open("/county/").follow(title).shows("规范性文件登记决定")
    reviewer.start_step("统一登记").write(confirmed=True).press("统一登记").done()
    journey.document.refresh_from_db()
    reviewer.shows(journey.document.registration_number)
    assert title not in reviewer.open("/county/").text

    clerk.sign_in("lt_clerk").open(case).shows(journey.document.registration_number)
    review_the_public_text(clerk, head.sign_in("lt_head"), case, run_jobs)
    clerk.take_step(case, "公布（已登记）").done().shows("已备案")
    assert "报送备案" not in clerk.page.locator("main .panel header h2").all_inner_texts()
    assert title not in clerk.open("/staff/registers/filings/").text
    citizen.open("/docs/").follow(title).shows(journey.document.registration_number, journey.document.document_number)
