"""The county's pages of a bulletin: start, write, look behind each figure."""

from django.urls import reverse

from portal.bulletins.models import Bulletin
from portal.moment import clock_set_to
from tests.portal.bulletins import scenarios
from tests.portal.oversight import filings

LIST = "/county/bulletins/"


def test_the_list_says_what_is_owed_and_leads_to_it(world, as_person):
    with clock_set_to(scenarios.DAY):
        shown = as_person("county_reviewer").get(LIST).content.decode()
    assert "2026年下半年的通报应当于" in shown
    assert "span=half-2026-2" in shown


def test_it_is_started_and_written_on_its_page(world, as_person):
    filing = filings.recorded(world)
    county = as_person("county_reviewer")
    with clock_set_to(scenarios.DAY):
        assert county.post(f"{LIST}new/", {"span": "half-2099-1"}).status_code == 422
        page = county.post(f"{LIST}new/", {"span": "half-2026-2"})["Location"]
        assert county.post(f"{LIST}new/", {"span": "half-2026-2"}).status_code == 409
        bulletin = Bulletin.objects.get()
        shown = county.get(page).content.decode()
        assert "龙潭镇" in shown
        seen = county.get(page).context["text_form"].initial
        typed = {**seen, "text_problems": "制定说明过于简单。"}
        assert county.post(page, {**typed, "text_demands": ""}).status_code == 422
        assert county.post(page, typed).status_code == 302
        stale = county.post(page, {**typed, "text_problems": "另一个人的话。"})
        assert stale.status_code == 409
        assert "另一个人的话。" in stale.content.decode()
        assert county.post(page, {"act": "refresh"}).status_code == 302
        figure = reverse("bulletins:figure", args=[bulletin.public_id, "longtan", "oversight.filed"])
        assert filing.title in county.get(figure).content.decode()
        assert county.get(reverse("bulletins:figure", args=[bulletin.public_id, "longtan", "none"])).status_code == 404
    assert bulletin.sections.get(code="problems").text == "制定说明过于简单。"


def test_towns_have_no_part_in_it(world, as_person):
    bulletin = scenarios.composed(world)
    town = as_person("lt_head")
    assert town.get(LIST).status_code == 403
    assert town.get(reverse("bulletins:write", args=[bulletin.public_id])).status_code == 403
    assert town.get(f"/staff/cases/{bulletin.public_id}/").status_code == 404


def test_its_case_page_and_step_pages_open(world, as_person):
    bulletin = scenarios.composed(world)
    county = as_person("county_reviewer")
    with clock_set_to(scenarios.DAY):
        assert county.get(f"/staff/cases/{bulletin.public_id}/").status_code == 200
        assert county.get(f"/staff/cases/{bulletin.public_id}/transitions/hand_in/").status_code == 200
        job = reverse("bulletins:paper", args=[bulletin.public_id])
        assert county.post(job).status_code == 302
        assert county.get(job).status_code == 200
