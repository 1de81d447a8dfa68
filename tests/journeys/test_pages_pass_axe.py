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


@pytest.mark.parametrize(
    "places",
    [
        pytest.param(PUBLIC, id="public"),
        pytest.param(TOWN, id="town", marks=pytest.mark.full),  # the many; the journeys look at what they open
        pytest.param(COUNTY, id="county", marks=pytest.mark.full),
    ],
)
def test_every_page_type_passes_on_a_phone(visit, places):
    """The narrowest window breaks first; desks and tablets are looked at in the full run."""
    assert look_everywhere(visit, places, (320,)) == {}


@pytest.mark.full
@pytest.mark.parametrize("mode", ["", "elder", "high-contrast"])
def test_every_page_type_passes_in_every_width_and_mode(visit, mode):
    assert look_everywhere(visit, EVERYWHERE, (320, 390, 768, 1280, 1600), mode) == {}
