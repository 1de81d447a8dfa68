"""One address answers a browser with the page and htmx with the part."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from portal.web.htmx import render_page, wants_part


def asked(htmx):
    request = RequestFactory().get("/")
    request.htmx = htmx
    return request


class Htmx(SimpleNamespace):
    boosted = False
    history_restore_request = False

    def __bool__(self):
        return True


@pytest.mark.parametrize(
    ("htmx", "part"),
    [(False, False), (Htmx(), True), (Htmx(boosted=True), False), (Htmx(history_restore_request=True), False)],
)
def test_only_a_plain_htmx_request_wants_the_part(htmx, part):
    assert wants_part(asked(htmx)) is part


def test_caches_are_told_that_both_exist():
    response = render_page(asked(False), "components/empty.html", {"title": "没有"}, part="rows")
    assert "HX-Request" in response["Vary"]
