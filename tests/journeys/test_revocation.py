"""The county finds a fault, the town does not put it right, the county revokes and tells everyone."""

from datetime import date

import pytest

from portal.moment import today
from tests.journeys.test_whole_journey import order_correction, review_at_the_county
from tests.normative_docs.in_force.stories import address
from tests.normative_docs.scenarios import begin

REFUSAL = "本镇认为第二条符合实际，不予修改。"
WHY = "第二条与上位法抵触，制定机关没有改正。"


def ordered(desk, clock, world, run_jobs):
    """Filed, reviewed and ordered to be corrected, by the county's pages. Returns the journey and the filing's page."""
    journey = begin(world, start=date(2026, 4, 20))
    journey.walk("submit")
    clock.go_to(journey.day)
    clock.forward()
    filing = f"/staff/cases/{journey.filing.public_id}/"
    review_at_the_county(desk(), filing, run_jobs, journey.document.title)
    order_correction(desk(), filing)
    run_jobs()
    return journey, filing


def revoke_and_announce(supervisor, filing: str, run_jobs) -> str:
    """The decision with its number, as paper, then the notice. Returns the number."""
    number = f"云府决〔{today().year}〕7号"
    typed = number.translate(str.maketrans("〔〕", "[]"))
    supervisor.sign_in("county_supervisor").open(filing).start_step("撤销")
    supervisor.write(approver="县人民政府第12次常务会议", number=typed, confirmed=True)
    supervisor.press("撤销")
    assert "六角括号" in supervisor.page.locator("#id_number_error").inner_text()
    supervisor.write(number=number).press("撤销").done()
    supervisor.take_step(filing, "公开通报").refused("撤销决定正在生成")
    assert run_jobs()
    supervisor.take_step(filing, "公开通报").done()
    return number


def read_the_notice(citizen, journey, number: str, why: str) -> None:
    """From the text that is no longer in force to the notice, and from the list of notices back to the text."""
    title = journey.document.title
    citizen.open(address(journey.document)).shows("【已撤销】", "本文件已撤销", number)
    citizen.follow("查看撤销通报").shows(f"关于撤销《{title}》的通报", number, why, WHY)
    citizen.open("/filings/").follow("撤销文件通报").follow(title).follow("查看文件").shows("【已撤销】")


@pytest.mark.full
def test_a_town_that_refuses_in_words_has_its_document_revoked_before_everyone(desk, clock, world, run_jobs):
    journey, filing = ordered(desk, clock, world, run_jobs)
    clerk, reviewer, citizen = desk(), desk(), desk()

    reviewer.sign_in("county_reviewer").take_step(filing, "拒不纠正，提请撤销", reason=WHY).refused("整改期限")
    clock.forward()
    clerk.sign_in("lt_clerk").open(filing).shows("限期修改").open(f"{filing}filing/")
    clerk.write(answer="refused", answer_text=REFUSAL).press("保存答复", exact=False).shows("已答复")
    clerk.take_step(filing, "报送整改情况").done()

    reviewer.sign_in("county_reviewer").open(filing).shows(REFUSAL)
    reviewer.take_step(filing, "拒不纠正，提请撤销", reason=WHY).done()
    reviewer.open(filing).shows("撤销")
    assert not reviewer.page.locator("main a[href*='/transitions/revoke/']").count()
    citizen.open(address(journey.document))
    assert "已撤销" not in citizen.text

    clock.forward()
    number = revoke_and_announce(desk(), filing, run_jobs)
    read_the_notice(citizen, journey, number, "答复不予修改")
    clerk.sign_in("lt_clerk").open(f"/staff/cases/{journey.document.public_id}/").shows("已撤销", number)


@pytest.mark.full
def test_a_town_that_lets_the_period_run_out_has_its_document_revoked(desk, clock, world, run_jobs):
    journey, filing = ordered(desk, clock, world, run_jobs)
    reviewer = desk()

    due = journey.filing.deadlines.get(code="nd_filing_correct").effective_end
    clock.go_to(due)
    reviewer.sign_in("county_reviewer").take_step(filing, "拒不纠正，提请撤销", reason=WHY).refused(f"{due}")
    clock.forward()
    reviewer.sign_in("county_reviewer").take_step(filing, "拒不纠正，提请撤销", reason=WHY).done()
    number = revoke_and_announce(desk(), filing, run_jobs)
    read_the_notice(desk(), journey, number, "没有在规定期限内纠正")
