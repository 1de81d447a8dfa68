"""Every component in a real browser: axe finds nothing, nothing scrolls sideways, nothing needs a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.urls("tests.portal.web.gallery_urls")

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ["/components/", "/components/public/", "/display/", "/refuse/410/"]


WIDTHS_AND_MODES = [
    pytest.param(320, "elder"),  # the narrowest page with the largest letters
    *(
        pytest.param(width, display, marks=pytest.mark.full)
        for width, display in [
            (1280, ""),
            (320, ""),
            (1280, "elder"),
            (1280, "high-contrast"),
            (320, "high-contrast"),
            (768, ""),
        ]
    ),
]


@pytest.mark.parametrize(("width", "display"), WIDTHS_AND_MODES)
@pytest.mark.parametrize("path", PAGES)
def test_no_violation_and_no_sideways_scroll(open_page, path, width, display):
    page = open_page(path, width=width, display=display)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert [line for line in page.said if "410 (Gone)" not in line] == []


def test_errors_are_in_the_title_and_take_the_focus(open_page):
    page = open_page("/components/")
    assert page.title().startswith("错误：")
    assert page.evaluate("document.activeElement.id") == "errors"


def test_the_first_tab_skips_to_the_text(open_page):
    page = open_page("/components/public/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_selection_bar_stands_there_only_with_a_selection(open_page):
    for javascript in (True, False):
        page = open_page("/components/", javascript=javascript)
        assert page.locator(".selection").is_visible()
        page.locator("#pick-2").uncheck()
        assert not page.locator(".selection").is_visible()


def test_without_a_script_there_is_no_button_that_does_nothing(open_page):
    page = open_page("/components/public/", javascript=False)
    assert page.locator("[data-print]:visible, [data-speak]:visible").count() == 0
    assert open_page("/components/public/").locator("[data-print]:visible").count() == 2


def test_print_hides_the_frame_and_keeps_the_text(open_page):
    page = open_page("/components/public/")
    page.emulate_media(media="print")
    assert not page.locator(".topline").is_visible()
    assert not page.locator(".foot").is_visible()
    assert page.locator(".doc-title").is_visible()


def test_elder_mode_makes_text_half_as_large_again_and_targets_60_pixels(open_page):
    page = open_page("/components/public/", display="elder")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    assert page.locator(".btn-plain").first.bounding_box()["height"] >= 60
