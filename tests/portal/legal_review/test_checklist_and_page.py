"""The review page shows what was sent, by when, and what is still open; the list of questions is answered whole."""

from portal.legal_review.checklist import QUESTIONS
from portal.legal_review.models import CheckAnswer, Conclusion
from portal.legal_review.reviewing import newest
from tests.ground import made_once
from tests.portal.legal_review.drafts import address, checked, on_review


@made_once
def journey(world):
    return on_review(world)


def test_the_page_shows_pack_clocks_questions_and_the_way_to_the_opinion(journey, as_person):
    with journey.on():
        text = as_person("lt_legal").get(address("staff-review", journey)).content.decode()
    for words in (
        "送审稿",
        "审核清单",
        QUESTIONS[0].text,
        "为什么是这一天",
        "/transitions/issue_opinion/",
        'id="findings"',
    ):
        assert words in text


def test_the_drafter_sees_the_page_without_the_reviewers_acts(journey, as_person):
    with journey.on():
        text = as_person("lt_clerk").get(address("staff-review", journey)).content.decode()
    assert "/transitions/issue_opinion/" not in text
    assert "登记审核意见</a>" not in text


def test_all_questions_are_answered_and_a_failed_one_says_why(journey, as_person):
    client, place = as_person("lt_legal"), address("staff-checklist", journey)
    with journey.on():
        assert client.post(place, checked(power="")).status_code == 422
        assert client.post(place, checked(power="no")).status_code == 422
        assert not CheckAnswer.objects.exists()
        assert client.post(place, checked(power="no", power_note="第六条超越职权。")).status_code == 302
    assert CheckAnswer.objects.count() == len(QUESTIONS)
    assert CheckAnswer.objects.get(passed=False).note == "第六条超越职权。"
    assert journey.document.audit_entries.filter(verb="review.checked").count() == 1


def test_rounds_follow_each_other_and_the_old_opinion_stays_readable(journey, as_person):
    with journey.on():
        journey.find()
    journey.conclude(Conclusion.AMEND, "第六条应当修改。")
    journey.rework("第一条　新的文稿。")
    with journey.on():
        text = as_person("lt_clerk").get(address("staff-review", journey)).content.decode()
    assert newest(journey.document).round == 2
    assert "第 1 次：应当予以修改" in text
    assert "第六条应当修改。" in text


def test_before_it_is_sent_the_page_says_so(world, as_person):
    journey = on_review(world)
    journey.document.legality_reviews.all()
    with journey.on():
        journey._step("return_to_drafting", journey.cast.clerk, note="修改")
        page = as_person("lt_legal").get(address("staff-review", journey))
    assert page.status_code == 200
    assert "/transitions/issue_opinion/" not in page.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_findings(journey, as_person, django_assert_max_num_queries):
    client = as_person("lt_legal")
    with journey.on():
        for number in range(20):
            journey.find(clause=f"第{number}条")
        with django_assert_max_num_queries(40):
            client.get(address("staff-review", journey))
