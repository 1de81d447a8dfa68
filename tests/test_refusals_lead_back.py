"""Whoever may not see a page is shown the way to where the own work begins."""

import pytest

from tests.page_links import addresses_on


@pytest.mark.parametrize("username", ["sysadmin", "secadmin", "auditor"])
def test_a_refusal_leads_back_to_where_the_persons_work_begins(as_person, username):
    client = as_person(username)
    refused = client.get("/staff/")
    back = [address for address in addresses_on(refused.content.decode()) if address.startswith("/staff/")]
    assert refused.status_code == 403
    assert {client.get(address).status_code for address in back} == {200}


def test_links_are_read_from_the_page_whatever_stands_around_them():
    page = '<a class="x" href="/staff/?tab=done#top">甲</a><link href="/static/a.css"><a href="?tab=mine">乙</a>'
    assert addresses_on(page) == ["/staff/?tab=done#top", "?tab=mine"]
