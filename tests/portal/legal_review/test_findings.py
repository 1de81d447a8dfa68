"""The reviewer writes findings while the round is open; the drafter responds; nobody does both."""

import pytest

from portal.legal_review.models import Conclusion, Finding
from portal.legal_review.reviewing import ReviewRefused, change_finding, newest, remove_finding, respond
from tests.ground import made_once
from tests.portal.legal_review.drafts import FINDING, address, on_review


@made_once
def journey(world):
    return on_review(world)


def test_the_reviewer_writes_a_finding_changes_it_and_takes_it_back(journey, as_person):
    client = as_person("lt_legal")
    with journey.on():
        client.post(address("staff-new-finding", journey), FINDING)
        finding = Finding.objects.get()
        changed = FINDING | {"problem": "保证金没有法律依据。", "seen": finding.seen}
        client.post(address("staff-finding", journey, number=1), changed)
        finding.refresh_from_db()
        assert finding.problem == "保证金没有法律依据。"
        assert "第六条" in client.get(address("staff-review", journey)).content.decode()
        client.post(address("staff-remove-finding", journey, number=1), {"seen": finding.seen})
    assert not Finding.objects.exists()
    verbs = set(journey.document.audit_entries.values_list("verb", flat=True))
    assert {"review.finding", "review.finding_changed", "review.finding_removed"} <= verbs


@pytest.mark.parametrize("username", ["lt_clerk", "lt_head"])
def test_only_the_reviewer_writes_findings(journey, as_person, username):
    with journey.on():
        assert as_person(username).get(address("staff-new-finding", journey)).status_code == 403
        assert as_person(username).post(address("staff-new-finding", journey), FINDING).status_code == 403


def test_another_towns_reviewer_finds_no_such_page(journey, as_person):
    assert as_person("qh_legal").get(address("staff-review", journey)).status_code == 404


def test_whoever_sent_the_draft_is_told_why_somebody_else_reviews(journey, as_person):
    review = newest(journey.document)
    review.requested_by = journey.cast.legal
    review.save()
    with journey.on():
        page = as_person("lt_legal").get(address("staff-review", journey)).content.decode()
        refused = as_person("lt_legal").post(address("staff-new-finding", journey), FINDING)
    assert "送审人不能审核自己送审的文稿。" in page
    assert refused.status_code == 403
    assert "送审人不能审核" in refused.content.decode()


def test_errors_stand_beside_the_field_and_the_rest_is_kept(journey, as_person):
    with journey.on():
        page = as_person("lt_legal").post(address("staff-new-finding", journey), FINDING | {"basis": ""})
    assert page.status_code == 422
    assert "请填写依据" in page.content.decode()
    assert "收取保证金没有依据。</textarea>" in page.content.decode()


def test_the_second_of_two_reviewers_is_told(journey):
    with journey.on():
        finding = journey.find()
        seen = finding.seen
        words = {"clause": "第六条", "basis": "国办发〔2018〕37号"}
        change_finding(finding, by=journey.reviewer, problem="甲", seen=seen, **words)
        with pytest.raises(ReviewRefused, match="刚刚已由他人修改"):
            change_finding(finding, by=journey.reviewer, problem="乙", seen=seen, **words)
        with pytest.raises(ReviewRefused, match="刚刚已由他人修改"):
            remove_finding(finding, by=journey.reviewer, seen=seen)


def test_the_drafter_responds_and_says_why_when_not_adopting(journey, as_person):
    with journey.on():
        finding = journey.find()
        place = address("staff-response", journey, number=1)
        client = as_person("lt_clerk")
        without = client.post(place, {"response": "not_accepted", "reason": "", "seen": finding.seen})
        assert without.status_code == 422
        client.post(place, {"response": "not_accepted", "reason": "上级文件已有规定。", "seen": finding.seen})
    finding.refresh_from_db()
    assert (finding.response, finding.responded_by.username) == ("not_accepted", "lt_clerk")


def test_the_reviewer_does_not_answer_for_the_drafter(journey, as_person):
    with journey.on():
        finding = journey.find()
        assert as_person("lt_legal").get(address("staff-response", journey, number=1)).status_code == 403
        journey.conclude(Conclusion.AMEND, "应当修改。")
        with pytest.raises(ReviewRefused, match="审核人不能"):
            respond(finding, by=journey.reviewer, response="accepted", reason="")


def test_after_the_opinion_nothing_of_the_review_changes(journey, as_person):
    with journey.on():
        finding = journey.find()
        journey.conclude(Conclusion.AMEND, "应当修改。")
        client = as_person("lt_legal")
        back = client.get(address("staff-finding", journey, number=1))
        assert back.status_code == 302
        late = client.post(address("staff-finding", journey, number=1), FINDING | {"seen": finding.seen})
        assert late.status_code == 409
        assert "已经出具" in late.content.decode()


def test_a_town_without_legal_office_is_reviewed_by_the_body_the_county_names(world, as_person):
    journey = on_review(world, "baishi")
    with journey.on():
        assert as_person("county_reviewer").post(address("staff-new-finding", journey), FINDING).status_code == 302
    assert Finding.objects.get().review.reviewing_body.code == "yunxi-justice"
