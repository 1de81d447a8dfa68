"""The clerk draws in the pages, step by step; the public reads along on the notice and on the draw's page."""

from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from portal.consultation.models import Session
from portal.consultation.rehearsal import announce
from portal.consultation.standing import newest
from portal.consultation.taking_part import sign_up, withdraw_sign_up
from portal.moment import clock_set_to
from tests.ground import made_once
from tests.portal.consultation.town import OPENED, open_draft_to_public, staff_address

HELD = date(2026, 4, 1)
UNTIL = date(2026, 3, 20)
AFTER = UNTIL + timedelta(days=1)
WITNESS = {
    "act": "draw", "spoken": "桂花", "witness_name": "吴桂芳", "witness_post": "镇人大副主席", "confirmed": "on",
}  # fmt: skip


@made_once
def journey(world):
    return open_draft_to_public(world)


def announced(journey, speakers=4, **fields):
    facts = {"sign_up_until": UNTIL, "speaker_seats": 2, "method_kind": "draw"} | fields
    with clock_set_to(OPENED):
        session = announce(journey.document, by=journey.cast.clerk, kind="hearing", held_on=HELD, **facts)
        for number in range(1, speakers + 1):
            sign_up(session, wish="speak", name=f"赵大{number}", contact=f"0000-{number}", views="建议。")
    return session


def at(journey):
    return staff_address("staff-session-draw", journey, number=1)


def public(session):
    return Client().get(reverse("consultation:public-session", args=[session.public_id])).content.decode()


def test_the_whole_way_from_pool_to_the_last_reserve(journey, as_person):
    session, client = announced(journey), as_person("lt_clerk")
    with clock_set_to(AFTER):
        assert "抽取 2 人，其余依次候补" in client.get(at(journey)).content.decode()
        assert "等待公布抽取名册" in public(session)
        assert client.post(at(journey), {"act": "freeze"}).status_code == 422
        assert client.post(at(journey), {"act": "freeze", "confirmed": "on"}).status_code == 302
        assert "等待抽取" in public(session)
        wrong = client.post(at(journey), WITNESS | {"spoken": "桂 花"})
        assert (wrong.status_code, "只用汉字、字母和数字" in wrong.content.decode()) == (409, True)
        assert client.post(at(journey), WITNESS).status_code == 302
        drawn = client.get(at(journey)).content.decode()
        again = client.post(at(journey), WITNESS)
        assert (again.status_code, "已经抽取过了" in again.content.decode()) == (409, True)
        assert "公开抽取第 1 位" in drawn
        assert "没有空出的名额" in drawn
        withdraw_sign_up(session.sign_ups.get(drawn_rank=1))
        third, fourth = session.sign_ups.get(drawn_rank=3), session.sign_ups.get(drawn_rank=4)
        assert f"候补第一位是{third}" in client.get(at(journey)).content.decode()
        not_next = client.post(at(journey), {"act": "call_up", "number": str(fourth.number)}, follow=True)
        assert "不是候补第一位" in not_next.content.decode()
        called = client.post(at(journey), {"act": "call_up", "number": str(third.number)}, follow=True)
        assert "公开抽取第 3 位，依次递补" in called.content.decode()
        client.post(staff_address("staff-session-act", journey, number=1, act="list"), {"confirmed": "on"})
    page = public(session)
    assert "见证人：镇人大副主席" in page
    assert "公开抽取第 3 位，依次递补" in page
    assert reverse("draws:draw", args=[Session.objects.get().draw.public_id]) in page
    assert "吴桂芳" not in page


def test_the_draw_leads_back_to_the_notice(journey, as_person):
    session, client = announced(journey), as_person("lt_clerk")
    with clock_set_to(AFTER):
        client.post(at(journey), {"act": "freeze", "confirmed": "on"})
    page = Client().get(reverse("draws:draw", args=[Session.objects.get().draw.public_id])).content.decode()
    assert reverse("consultation:public-session", args=[session.public_id]) in page


def test_without_a_contested_side_all_take_part_and_both_pages_say_so(journey, as_person):
    session, client = announced(journey, speakers=2), as_person("lt_clerk")
    with clock_set_to(AFTER):
        assert "不多于名额，不用抽取，全部入选" in client.get(at(journey)).content.decode()
        assert client.post(at(journey), {"act": "fill", "confirmed": "on"}).status_code == 302
    assert session.participants.count() == 2
    assert "不用抽取，报名的都确定为参加人" in public(session)


def test_before_the_end_of_the_sign_up_the_page_offers_nothing(journey, as_person):
    session, client = announced(journey), as_person("lt_clerk")
    with clock_set_to(UNTIL):
        page = client.get(at(journey)).content.decode()
        assert "报名还没有截止" in page
        assert 'name="act"' not in page
        assert client.post(at(journey), {"act": "freeze", "confirmed": "on"}).status_code == 409
        assert "报名截止后公布抽取名册" in public(session)


def test_whoever_signs_up_reads_that_the_draw_decides_and_not_the_organiser(journey):
    session = announced(journey, method="8月3日上午在便民服务中心抽取。")
    with clock_set_to(OPENED):
        page = Client().get(reverse("consultation:public-sign-up", args=[session.public_id])).content.decode()
    assert "由见证人在场公开抽取" in page
    assert "8月3日上午在便民服务中心抽取。" in page
    assert "是否抽中与观点无关" in page


def test_whoever_reads_the_draft_finds_the_hearing(journey):
    session = announced(journey)
    with clock_set_to(OPENED):
        draft = Client().get(reverse("consultation:public-detail", args=[newest(journey.document).public_id]))
    assert [line["title"] for line in draft.context["sessions"]] == [session.title]
    assert reverse("consultation:public-session", args=[session.public_id]) in draft.content.decode()


def test_where_the_notice_promised_no_draw_there_is_no_such_page(journey, as_person):
    announced(journey, method_kind="criteria")
    with clock_set_to(AFTER):
        assert as_person("lt_clerk").get(at(journey)).status_code == 404


def test_who_does_not_run_sessions_reads_and_does_not_draw(journey, as_person):
    announced(journey)
    client = as_person("lt_legal")
    with clock_set_to(AFTER):
        page = client.get(at(journey))
        assert (page.status_code, 'name="act"' in page.content.decode()) == (200, False)
        assert client.post(at(journey), {"act": "freeze", "confirmed": "on"}).status_code == 403
        assert as_person("qh_clerk").get(at(journey)).status_code == 404


def test_the_list_of_sign_ups_leads_to_the_draw_and_offers_no_choice_by_hand(journey, as_person):
    announced(journey)
    client, page = as_person("lt_clerk"), staff_address("staff-sign-ups", journey, number=1)
    with clock_set_to(AFTER):
        listed = client.get(page).content.decode()
        assert at(journey) in listed
        assert "确定所选为参加人" not in listed
        assert "公开抽取参加人" in client.get(staff_address("staff-session", journey, number=1)).content.decode()
        client.post(at(journey), {"act": "freeze", "confirmed": "on"})
        client.post(at(journey), WITNESS)
        assert "抽取第 4 位" in client.get(page).content.decode()


def test_the_queries_of_the_page_do_not_grow(journey, as_person, django_assert_max_num_queries):
    announced(journey, speakers=25)
    client = as_person("lt_clerk")
    with clock_set_to(AFTER):
        with django_assert_max_num_queries(24):
            client.get(at(journey))
        client.post(at(journey), {"act": "freeze", "confirmed": "on"})
        client.post(at(journey), WITNESS)
        with django_assert_max_num_queries(24):
            client.get(at(journey))
