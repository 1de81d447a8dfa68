"""Papers handed in by the interface pass the intake of the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.documents.models import DocumentVersion
from tests.portal.api.conftest import place


def paper(name="起草说明.txt", content="说明"):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def test_a_paper_goes_into_its_slot_and_is_listed(asking, draft):
    clerk = asking("lt_clerk")
    answer = clerk.post(place(draft, "papers/"), {"slot": "nd_notes", "upload": paper()})
    assert answer.status_code == 201, answer.content.decode()
    listed = clerk.get(place(draft, "papers/")).json()
    assert [entry["digest"] for entry in listed["papers"]] == [answer.json()["digest"]]
    assert {"nd_notes", "nd_final_text", "other"} <= {slot["code"] for slot in listed["slots"]}
    assert clerk.get(answer.json()["url"]).status_code == 200


def test_handed_in_again_it_is_the_next_version(asking, draft):
    clerk = asking("lt_clerk")
    clerk.post(place(draft, "papers/"), {"slot": "nd_notes", "upload": paper()})
    again = clerk.post(place(draft, "papers/"), {"slot": "nd_notes", "upload": paper(content="说明二")})
    assert again.json()["version"] == 2


@pytest.mark.parametrize(
    ("slot", "upload", "field"),
    [
        ("nd_notes", paper("说明.exe", b"MZ\x90\x00"), "upload"),
        ("nd_notes", paper("说明.pdf", b"no pdf at all"), "upload"),
        ("nd_notes", paper(content=b""), "upload"),
        ("no_such_slot", paper(), "slot"),
        ("nd_notes", "", "upload"),
    ],
)
def test_what_the_page_refuses_the_interface_refuses(asking, draft, slot, upload, field):
    answer = asking("lt_clerk").post(place(draft, "papers/"), {"slot": slot, "upload": upload})
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]
    assert not DocumentVersion.objects.exists()


def test_who_may_only_look_hands_in_nothing(asking, draft):
    answer = asking("lt_head").post(place(draft, "papers/"), {"slot": "nd_notes", "upload": paper()})
    assert answer.status_code == 403


def test_a_closed_file_takes_no_paper(asking, draft):
    ended = asking("lt_head").send(place(draft, "transitions/terminate/"), {"note": "上级已有统一规定，不再制定。"})
    assert ended.json()["closed_on"]
    answer = asking("lt_clerk").post(place(draft, "papers/"), {"slot": "other", "upload": paper()})
    assert answer.status_code == 409
    assert "办结" in answer.json()["detail"]
    assert asking("lt_clerk").get(place(draft, "transitions/")).json() == []


def test_papers_come_as_form_data_only(asking, draft):
    assert asking("lt_clerk").send(place(draft, "papers/"), {"slot": "nd_notes"}).status_code == 415
