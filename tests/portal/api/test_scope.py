"""What lies outside a person's scope does not exist for the interface either."""

import uuid

import pytest

from tests.portal.api.conftest import place

ADDRESSES = ("", "transitions/", "transitions/open_consultation/", "papers/", "deadlines/", "history/")


@pytest.mark.parametrize("rest", ADDRESSES)
def test_another_town_finds_nothing(asking, draft, rest):
    assert asking("qh_clerk").get(place(draft, rest)).status_code == 404
    assert asking("lt_clerk").get(place(draft, rest)).status_code == 200


@pytest.mark.parametrize("rest", ["transitions/open_consultation/", "papers/"])
def test_another_town_can_change_nothing(asking, draft, rest):
    answer = asking("qh_clerk").post(place(draft, rest), {"slot": "other"})
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_lists_hold_the_own_town_only(asking, begun):
    begun("longtan")
    theirs = begun("qinghe").document
    for path in ("/api/v1/normative-documents/", "/api/v1/case-files/"):
        files = asking("qh_clerk").get(path).json()["results"]
        assert [file["public_id"] for file in files] == [str(theirs.public_id)]


def test_the_county_does_not_see_a_draft(asking, draft):
    assert asking("county_reviewer").get(place(draft)).status_code == 404
    assert asking("county_reviewer").get("/api/v1/case-files/").json()["results"] == []


def test_the_county_sees_a_filing_once_it_was_submitted(asking, begun):
    journey = begun(until="publish")
    county = asking("county_reviewer")
    filing = journey.filing
    assert county.get(place(filing, prefix="filings")).status_code == 404
    journey.submit_filing()
    answer = county.get(place(filing, prefix="filings"))
    assert answer.status_code == 200
    assert answer.json()["subject"] == str(journey.document.public_id)


@pytest.mark.parametrize("username", ["sysadmin", "secadmin", "auditor"])
def test_administrators_touch_no_business_data(asking, draft, username):
    assert asking(username).get(place(draft)).status_code == 403


def test_an_unknown_file_and_a_file_of_another_kind_are_not_found(asking, draft):
    clerk = asking("lt_clerk")
    assert clerk.get(f"/api/v1/normative-documents/{uuid.uuid4()}/").status_code == 404
    assert clerk.get(place(draft, prefix="filings")).status_code == 404


def test_a_plain_file_says_where_its_steps_are(asking, draft):
    file = asking("lt_clerk").get(place(draft, prefix="case-files")).json()
    assert file["url"].endswith(place(draft))
    assert file["kind_label"] == "行政规范性文件"
