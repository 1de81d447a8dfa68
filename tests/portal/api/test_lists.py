"""Lists: pages by key, capped, narrowed as the register is, at a cost that does not grow with the rows."""

import base64

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.request import Request

from portal.api.pagination import NewestFirst

DOCUMENTS = "/api/v1/normative-documents/"


def test_pages_follow_each_other_without_gap_or_repeat(asking, begun):
    numbers = [begun().document.number for _ in range(3)]
    clerk, address, seen = asking("lt_clerk"), f"{DOCUMENTS}?size=2", []
    while address:
        page = clerk.get(address).json()
        seen += [file["number"] for file in page["results"]]
        address = page["next"]
    assert seen == numbers[::-1]


def test_no_page_is_larger_than_the_cap(rf):
    for asked, given in (("1000000", 100), ("99", 99), ("0", 25), ("-1", 25), ("x", 25), ("9" * 5000, 25)):
        assert NewestFirst().get_page_size(Request(rf.get("/", {"size": asked}))) == given


def test_the_list_is_narrowed_by_the_filters_of_the_register(asking, begun):
    begun(until="consult")
    drafted = begun().document
    clerk = asking("lt_clerk")
    found = clerk.get(DOCUMENTS, {"stage": "drafting"}).json()["results"]
    assert [file["number"] for file in found] == [drafted.number]
    assert len(clerk.get(DOCUMENTS, {"organisation": "longtan"}).json()["results"]) == 2
    refused = clerk.get(DOCUMENTS, {"stage": "nowhere", "published_from": "2026-02-30"})
    assert refused.status_code == 400
    assert set(refused.json()["errors"]) == {"stage", "published_from"}


@pytest.mark.parametrize("address", [DOCUMENTS, "/api/v1/case-files/", "/api/v1/work-items/"])
def test_more_rows_do_not_mean_more_queries(asking, begun, address):
    clerk = asking("lt_clerk")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get(address).status_code == 200
        return len(queries)

    begun(until="consult")
    cost()
    few = cost()
    for _ in range(3):
        begun(until="consult")
    assert cost() == few


def position(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    ["", "?", "中", "p" * 3000, position("p=abc"), position("p=-1"), position("p=%00"), position("p=" + "9" * 30),
     position("p=1&o=99999999"), position("r=x"), position("p=１")],
)  # fmt: skip
def test_a_cursor_that_no_page_gave_is_refused_or_empty(asking, draft, cursor):
    answer = asking("lt_clerk").get(DOCUMENTS, {"cursor": cursor})
    assert answer.status_code in (200, 400, 404)


def test_work_items_are_those_whose_turn_it_is(asking, draft):
    todo = asking("lt_clerk").get("/api/v1/work-items/").json()["results"]
    assert [item["file"]["public_id"] for item in todo] == [str(draft.public_id)]
    assert asking("lt_legal").get("/api/v1/work-items/").json()["results"] == []
    assert asking("qh_clerk").get("/api/v1/work-items/").json()["results"] == []


def test_what_i_finished_is_listed_as_done(asking, begun):
    begun(until="consult")
    done = asking("lt_clerk").get("/api/v1/work-items/", {"state": "done"}).json()["results"]
    assert [item["stage_label"] for item in done] == ["起草"]
