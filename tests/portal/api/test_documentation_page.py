"""The documentation page in a real browser, under the portal's own content security policy."""

import pytest

from tests.portal.web.conftest import chromium, open_page

__all__ = ("chromium", "open_page")  # fixtures


@pytest.mark.full
def test_the_description_unfolds_and_offers_only_reading(open_page):
    page = open_page("/api/v1/docs/")
    page.locator(".opblock").first.wait_for(timeout=30_000)
    assert page.locator(".opblock").count() > 20
    page.locator(".opblock-get").first.click()
    page.locator(".opblock-get .try-out__btn").first.wait_for()
    page.locator(".opblock-post").first.click()
    page.locator(".opblock-post .responses-wrapper").first.wait_for()
    assert page.locator(".opblock-post .try-out__btn").count() == 0
    # Chromium's remark on a test address without TLS is not about this page.
    assert [line for line in page.said if "Cross-Origin-Opener-Policy" not in line] == []


def test_without_a_script_the_files_are_still_linked(open_page):
    page = open_page("/api/v1/docs/", javascript=False)
    assert page.locator("main a[href*='/api/v1/schema/']").count() == 2
    assert page.locator("noscript").count() or page.get_by_text("没有脚本时").count()


@pytest.mark.full
def test_the_page_does_not_scroll_sideways(open_page):
    page = open_page("/api/v1/docs/", width=320)
    page.locator(".opblock").first.wait_for(timeout=30_000)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
