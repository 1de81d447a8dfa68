"""No page of the journey breaks a rule of WCAG 2.2 A and AA that a machine can check, and none scrolls sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from portal.web.display import COOKIE
from tests.journeys.places import COUNTY, EVERYWHERE, PUBLIC, TOWN

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
AXE = Axe()


def faults_of(desk) -> list[str]:
    """What axe finds, in one line each, and a page wider than its window."""
    found = AXE.run(desk.page, options=OPTIONS).response["violations"]
    content, window = desk.widths()
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found] + (
        [f"{content} px wide in a window of {window}"] if content > window else []
    )


def look_everywhere(visit, places, widths, mode: str = "") -> dict[str, list[str]]:
    """Open every place and look at it in every width; what is wrong, by place and width."""
    desks, faults = {}, {}
    for place in places:
        if place.who not in desks:
            desks[place.who] = visit(place.who)
            if mode:
                choice = {"name": COOKIE, "value": mode, "url": desks[place.who].site}
                desks[place.who].page.context.add_cookies([choice])
        desk = desks[place.who].open(place.address())
        assert desk.status == place.status, f"{place.name}: {desk.page.url} 答 {desk.status}"
        if place.press:
            desk.press(place.press)
            assert desk.errors, f"{place.name}: 没有出错"
        for width in widths:
            desk.page.set_viewport_size({"width": width, "height": 900})
            if found := faults_of(desk):
                faults[f"{place.name} {width}"] = found
    return faults


# What most people see, of each audience. All components are looked at at every change besides
# (tests/portal/web/test_pages_are_accessible.py), all page types in the full run.
MOST_SEEN = {"文件正文", "征求意见", "提意见，有错误", "检索", "工作台", "事项，集体讨论", "办理", "备案审查"}


def test_the_pages_most_seen_pass_on_a_phone(visit):
    """The narrowest window breaks first."""
    places = [place for place in EVERYWHERE if place.name in MOST_SEEN]
    assert {place.name for place in places} == MOST_SEEN
    assert look_everywhere(visit, places, (320,)) == {}


@pytest.mark.full
@pytest.mark.parametrize("places", [PUBLIC, TOWN, COUNTY], ids=["public", "town", "county"])
def test_every_page_type_passes_on_a_phone(visit, places):
    assert look_everywhere(visit, places, (320,)) == {}


@pytest.mark.full
@pytest.mark.parametrize("mode", ["", "elder", "high-contrast"])
def test_every_page_type_passes_in_every_width_and_mode(visit, mode):
    assert look_everywhere(visit, EVERYWHERE, (320, 390, 768, 1280, 1600), mode) == {}
