"""What also goes to the people's congress: listed by the region's choice, sent, acknowledged, reminded of."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from portal.moment import clock_set_to
from portal.oversight.further import enter, in_sight, mark_received, mark_sent, remind
from portal.oversight.models import FurtherFiling
from portal.workflow.perform import perform
from portal.workflow.refusals import GatesNotMet, StepRefused
from tests.portal.oversight import filings, scenarios

DAY = date(2026, 10, 9)


def of_the_county(world, number="云府规〔2026〕1号") -> FurtherFiling:
    with clock_set_to(DAY):
        return enter(
            by=world["county_reviewer"], issuer=world.county, target="standing_committee",
            title="云溪县户外广告管理办法", document_number=number, published_on=DAY - timedelta(days=8),
        )  # fmt: skip


def test_a_town_owes_nothing_until_its_region_says_so(world):
    filing = filings.prepared(world)
    assert not filing.subject.further_filings.exists()


def test_where_the_region_says_so_the_filing_waits_for_it(world):
    filing = filings.prepared(world)
    with clock_set_to(filings.PUBLISHED):
        filings.fill(filing, world["lt_clerk"])
    scenarios.also_for_the_presidium(world, filing)
    row = filing.subject.further_filings.get()
    assert row.recipient == "云溪县龙潭镇人民代表大会主席团"
    with clock_set_to(DAY):
        with pytest.raises(GatesNotMet, match="同级人大机构"):
            perform(filing, "submit", by=world["lt_clerk"])
        mark_sent(row, by=world["lt_clerk"], on=DAY, report_number="龙政报〔2026〕3号")
        assert perform(filing, "submit", by=world["lt_clerk"]).submitted_on == DAY


def test_a_street_office_has_no_congress_of_its_own(world):
    filing = filings.prepared(world, "dc")
    scenarios.also_for_the_presidium(world, filing)
    assert not FurtherFiling.objects.exists()


def test_a_document_of_the_county_goes_to_the_standing_committee(world):
    row = of_the_county(world)
    assert row.recipient == "云溪县人民代表大会常务委员会"
    assert row.due_on == row.published_on + timedelta(days=30)
    with clock_set_to(DAY):
        with pytest.raises(StepRefused, match="已经列入"):
            of_the_county(world)
        with pytest.raises(StepRefused, match="还没有登记报送"):
            mark_received(row, by=world["county_reviewer"], on=DAY, receipt_number="")
        with pytest.raises(StepRefused, match="应当写作"):
            mark_sent(row, by=world["county_reviewer"], on=DAY, report_number="第三号")
        row = mark_sent(row, by=world["county_reviewer"], on=DAY, report_number="云府报〔2026〕5号")
        with pytest.raises(StepRefused, match="已经登记报送"):
            mark_sent(row, by=world["county_reviewer"], on=DAY, report_number="云府报〔2026〕6号")
        row = mark_received(row, by=world["county_reviewer"], on=DAY, receipt_number="云人备〔2026〕2号")
    assert (row.state, row.is_on_time) == ("已收回执", True)


def test_it_is_entered_sent_and_acknowledged_on_its_pages(world, as_person):
    county = as_person("county_reviewer")
    with clock_set_to(DAY):
        new = reverse("oversight:further-new")
        assert county.post(new, {"target": "standing_committee"}).status_code == 422
        typed = {
            "target": "standing_committee", "title": "云溪县户外广告管理办法", "document_number": "云府规〔2026〕1号",
            "published_on": "2026-10-01",
        }  # fmt: skip
        page = county.post(new, typed)["Location"]
        assert county.post(page, {"act": "sent", "on": "2026-10-09", "report_number": "乱写"}).status_code == 409
        sent = {"act": "sent", "on": "2026-10-09", "report_number": "云府报〔2026〕5号"}
        assert county.post(page, sent).status_code == 302
        assert county.post(page, {"act": "received", "on": "2026-10-01"}).status_code == 409
        assert county.post(page, {"act": "received", "on": "2026-10-09"}).status_code == 302
        assert "已收回执" in county.get(page).content.decode()
        register = county.get("/staff/registers/further_filings/").content.decode()
    assert "云溪县户外广告管理办法" in register


def test_a_town_sees_its_own_rows_only_and_the_county_does_not_write_in_them(world, as_person):
    filing = filings.prepared(world)
    scenarios.also_for_the_presidium(world, filing)
    row, other = filing.subject.further_filings.get(), of_the_county(world)
    assert list(in_sight(world["lt_clerk"])) == [row]
    assert list(in_sight(world["qh_clerk"])) == []
    page = reverse("oversight:further", kwargs={"further_id": row.public_id})
    assert as_person("qh_clerk").get(page).status_code == 404
    sent = {"act": "sent", "on": str(DAY), "report_number": "龙政报〔2026〕3号"}
    with clock_set_to(DAY):
        assert as_person("county_reviewer").post(page, sent).status_code == 403
        assert as_person("lt_clerk").post(page, sent).status_code == 302
    assert as_person("lt_clerk").get(reverse("oversight:further", args=[other.public_id])).status_code == 404


def test_who_owes_is_reminded_once_a_week(world):
    row = of_the_county(world)
    assert remind(row.due_on - timedelta(days=20)) == 0
    assert remind(row.due_on - timedelta(days=5)) == 1
    assert remind(row.due_on - timedelta(days=4)) == 0
    assert remind(row.due_on + timedelta(days=2)) == 1
    assert world["county_reviewer"].notifications.filter(subject__startswith="报送备案").count() == 2
