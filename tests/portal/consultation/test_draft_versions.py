"""A draft gets further versions while it is before the public; opinions follow their paragraph, or keep its words."""

import pytest
from django.test import Client

from portal.consultation.anchoring import Anchors
from portal.consultation.conducting import ConsultationRefused, answer_comment, receive_comment, withdraw
from portal.consultation.models import PublicComment
from portal.consultation.standing import newest
from portal.consultation.status import describe
from portal.consultation.versions import drafts_of, publish_draft
from portal.receipts.models import Receipt
from tests.portal.consultation.town import (
    AFTER,
    CLOSES,
    DURING,
    hand_in,
    open_draft_to_public,
    public_address,
    staff_address,
    type_opinion,
    write,
)

REASON = "按照公众意见修改第二条，增加一条。"


@pytest.fixture
def journey(world):
    return open_draft_to_public(world)


def reworked(text: str) -> str:
    """The second article is rewritten, and a new one stands before the third: its number goes up by one."""
    anchors = Anchors(text)
    second, third = (next(c for c in anchors.clauses if c.label == label) for label in ("第二条", "第三条"))
    lines = text.splitlines()
    new = []
    for line in lines:
        if line.strip().startswith("第二条"):
            new += [line.replace(second.text, f"{second.text}具体办法另行公布。"), "第三条　公示期不少于十日。"]
        elif line.strip().startswith("第三条"):
            new.append(f"第四条　{third.text}")
        elif line.strip().startswith("第四条"):
            new.append(line.replace("第四条", "第五条", 1))
        else:
            new.append(line)
    return "\n".join(new)


def renew(journey, text=None, day=DURING):
    consultation = newest(journey.document)
    with journey.on(day):
        return publish_draft(
            consultation, by=journey.cast.clerk, text=text or reworked(consultation.draft_text), reason=REASON
        )


def public_text(journey, name="public-detail", day=DURING, query="", **more):
    with journey.on(day):
        answer = Client().get(public_address(name, newest(journey.document), **more) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_public_page_shows_the_current_version_and_leads_to_the_earlier_ones(journey):
    first = newest(journey.document).draft_text
    renew(journey)
    page = public_text(journey)
    assert "具体办法另行公布。" in page
    assert "征求意见稿第2稿" in page
    assert REASON in page
    earlier = public_text(journey, "public-draft", number=1)
    assert "具体办法另行公布。" not in earlier
    assert first.splitlines()[-1].strip()[-12:] in earlier
    assert newest(journey.document).closes_on == CLOSES


def test_any_two_versions_can_be_compared(journey):
    renew(journey)
    page = public_text(journey, "public-draft", number=2, query="?against=1")
    assert "<ins>具体办法另行公布。</ins>" in page
    assert "与第1稿的不同" in page
    assert Client().get(public_address("public-draft", newest(journey.document), number=3)).status_code == 404


def test_an_opinion_follows_its_paragraph_to_its_new_number(journey):
    opinion = write(journey, article="第三条")
    renew(journey)
    opinion.refresh_from_db()
    place = Anchors(drafts_of(newest(journey.document))[-1].text).of(opinion)
    assert (place.clause.label, place.is_changed) == ("第四条", False)
    assert place.shown == "第四条（原第三条）"
    page = public_text(journey)
    assert 'article=%E7%AC%AC%E5%9B%9B%E6%9D%A1&amp;version=2">已有 1 条意见' in page


def test_an_opinion_on_a_changed_paragraph_is_shown_with_the_old_words(journey, as_person):
    opinion = write(journey, "请降低收费。", article="第二条")
    words = opinion.paragraph
    renew(journey)
    for page in (
        public_text(journey),
        as_person("lt_clerk").get(staff_address("staff-consultation", journey)).content.decode(),
        as_person("lt_clerk")
        .get(staff_address("staff-comment", journey, comment_id=opinion.public_id))
        .content.decode(),
    ):
        assert "原条款已修改（第1稿第二条）" in page
        assert words in page
    facts = dict(describe(Receipt.objects.get(subject_uuid=opinion.public_id)).facts)
    assert facts["针对条款"] == f"原条款已修改（第1稿第二条）：{words}"


def test_an_opinion_on_the_same_words_of_two_versions_stands_at_one_place(journey):
    write(journey, article="第三条")
    renew(journey)
    write(journey, article="第四条", draft_number=2)
    assert "已有 2 条意见" in public_text(journey)
    last = drafts_of(newest(journey.document))[-1].text
    renew(journey, last.replace("第四条　", "第四条　依法", 1))
    assert public_text(journey).count("原条款已修改") == 1


def test_words_that_come_back_are_found_again(journey):
    write(journey, article="第二条")
    first = newest(journey.document).draft_text
    renew(journey)
    renew(journey, first)
    page = public_text(journey)
    assert "原条款已修改" not in page
    assert "已有 1 条意见" in page


def test_what_became_of_an_opinion_is_published_beside_its_old_words(journey):
    opinion = write(journey, article="第二条")
    renew(journey)
    with journey.on(AFTER):
        answer_comment(opinion, outcome="adopted", answer="已在第2稿中修改。", by=journey.cast.clerk)
        journey._step("publish_answers", journey.cast.clerk)
    table = public_text(journey, day=AFTER).split('id="answers"')[1]
    assert "原条款已修改（第1稿第二条）" in table
    assert opinion.paragraph in table


def test_who_read_the_old_version_writes_about_the_old_version(journey):
    consultation = newest(journey.document)
    renew(journey)
    with journey.on(DURING):
        hand_in(consultation, article="第三条", version="1")
        hand_in(consultation, article="第三条", version="2")
        unknown = type_opinion(consultation, article="第九十条", version="1")
    old, new = PublicComment.objects.order_by("number")
    assert (old.draft_number, new.draft_number) == (1, 2)
    assert new.paragraph == "公示期不少于十日。"
    assert old.paragraph != new.paragraph
    assert unknown.status_code == 422


def test_a_paragraph_inside_an_article_can_be_commented_on_without_a_script(journey):
    consultation = newest(journey.document)
    renew(journey, f"{consultation.draft_text}\n本办法由镇司法所解释。")
    page = public_text(journey)
    address = page.split("镇司法所解释。")[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    with journey.on(DURING):
        form = Client().get(address).content.decode()
    chosen = next(line for line in form.split("<option") if "selected" in line)
    assert "本办法由镇司法所解释。" in chosen


def test_a_paragraph_that_the_version_does_not_have_is_refused(journey):
    with journey.on(DURING), pytest.raises(ConsultationRefused, match="第1稿没有"):
        receive_comment(newest(journey.document), article="第九十条", content="删去。")


def test_the_clerk_sees_what_changed_and_publishes_it_with_a_reason(journey, as_person):
    client, address = as_person("lt_clerk"), staff_address("staff-new-draft", journey)
    with journey.on(DURING):
        assert "草案与正在公布的一稿相同" in client.get(address).content.decode()
        document = journey.document
        document.draft_text = reworked(document.draft_text)
        document.save(update_fields=["draft_text"])
        page = client.get(address)
        assert "<ins>具体办法另行公布。</ins>" in page.content.decode()
        seen = page.context["form"]["seen"].value()
        assert client.post(address, {"reason": "", "seen": seen}).status_code == 422
        assert client.post(address, {"reason": REASON, "seen": "1-old"}).status_code == 409
        assert client.post(address, {"reason": REASON, "seen": seen}).status_code == 302
        assert client.post(address, {"reason": REASON, "seen": seen}).status_code == 409
    assert [draft.number for draft in drafts_of(newest(document))] == [1, 2]
    assert document.audit_entries.filter(verb="consultation.draft_published").count() == 1


def test_the_reviewer_and_other_towns_publish_no_version(journey, as_person):
    address = staff_address("staff-new-draft", journey)
    assert as_person("lt_legal").get(address).status_code == 403
    assert as_person("lt_legal").post(address, {"reason": REASON}).status_code == 403
    assert as_person("qh_clerk").get(address).status_code == 404


def test_no_version_is_published_without_change_after_the_answers_or_of_a_withdrawn_notice(journey, world):
    consultation, by = newest(journey.document), journey.cast.clerk
    with journey.on(DURING), pytest.raises(ConsultationRefused, match="没有改动"):
        publish_draft(consultation, by=by, text=consultation.draft_text, reason=REASON)
    with journey.on(DURING), pytest.raises(ConsultationRefused, match="刚刚已由他人公布"):
        publish_draft(consultation, by=by, text="第一条　新。", reason=REASON, after=2)
    with journey.on(AFTER):
        journey._step("publish_answers", by)
        with pytest.raises(ConsultationRefused, match="采纳情况已经公布"):
            publish_draft(consultation, by=by, text="第一条　新。", reason=REASON)


def test_a_withdrawn_notice_gets_no_version(journey, world):
    consultation = newest(journey.document)
    with journey.on(DURING):
        withdraw(consultation, by=world["lt_head"], reason="草案有误。")
        with pytest.raises(ConsultationRefused, match="已经撤下"):
            publish_draft(consultation, by=journey.cast.clerk, text="第一条　新。", reason=REASON)


def test_the_public_page_asks_as_often_for_many_versions_and_opinions(journey, django_assert_num_queries):
    address = public_address("public-detail", newest(journey.document))
    renew(journey)
    write(journey, article="第二条")
    with journey.on(DURING):
        Client().get(address)
    text = drafts_of(newest(journey.document))[-1].text
    for number in range(3):
        text += f"\n补充第{number}句。"
        renew(journey, text)
        write(journey, article="第三条")
    with journey.on(DURING), django_assert_num_queries(4):
        Client().get(address)
