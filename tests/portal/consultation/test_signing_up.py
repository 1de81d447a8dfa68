"""Anyone signs up for a session without an account or a script, and takes it back with nothing but the receipt."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from portal.consultation.models import SignUp, SignUpDraft
from portal.consultation.rehearsal import Voice, announce, walk_session
from portal.consultation.sessions import cancel_session, move_session
from portal.consultation.views.sign_up_steps import HANDED_IN
from portal.moment import SHANGHAI, clock_set_to, now
from portal.receipts.sealing import CODE_SHOWN
from tests.ground import made_once
from tests.portal.consultation.town import OPENED, open_draft_to_public

HELD = date(2026, 4, 1)
UNTIL = date(2026, 3, 20)
FORM = {
    "wish": "speak", "group": "1", "sent_from": "person", "represents": "东街商户", "name": "赵大海",
    "contact": "0000-6123456", "views": "建议分时段摆摊。", "website": "",
}  # fmt: skip


@made_once
def journey(world):
    return open_draft_to_public(world)


@pytest.fixture
def session(journey):
    with clock_set_to(OPENED):
        yield announce(
            journey.document, by=journey.cast.clerk, kind="hearing", held_on=HELD, sign_up_until=UNTIL, speaker_seats=3,
            observer_seats=1, groups=[("商户", 2), ("居民", 1)], method="按利益方名额，报名先后确定。",
        )  # fmt: skip


def at(name, session, **more):
    return reverse(f"consultation:{name}", kwargs={"public_id": session.public_id, **more})


def fill_in(session, client=None, **changes):
    return (client or Client()).post(at("public-sign-up", session), FORM | changes)


def sign_up(session, client=None, **changes):
    client = client or Client()
    return client.post(fill_in(session, client, **changes).url, {"declaration": "yes"}, follow=True)


def code_on(page):
    return re.search(r'<dd class="code">(\w{4}) (\w{4})</dd>', page.content.decode())


def test_signing_up_goes_by_form_check_and_receipt(session):
    client = Client()
    check = client.get(fill_in(session, client).url).content.decode()
    assert SignUp.objects.count() == 0
    for typed in ("商户", "赵大海", "0000-6123456", "东街商户", "建议分时段摆摊。"):
        assert typed in check
    page = sign_up(session, client)
    signed_up = SignUp.objects.get()
    assert (signed_up.name, signed_up.group.name, signed_up.state) == ("赵大海", "商户", "applied")
    assert code_on(page)
    assert "龙潭会报〔2026〕1号" in page.content.decode()
    assert SignUpDraft.objects.filter(sign_up=signed_up).get().answers == {}
    assert set(client.cookies) == {"csrftoken"}


def test_a_listener_reads_the_seat_or_the_place_in_waiting_on_the_receipt(session):
    seated = sign_up(session, wish="listen", group="", views="").content.decode()
    waiting = sign_up(session, wish="listen", group="", views="", name="钱小河").content.decode()
    assert "席号 1" in seated
    assert "候补第 1 位" in waiting


def test_sent_twice_it_is_one_sign_up_and_the_code_is_shown_for_a_quarter_of_an_hour(session):
    client = Client()
    check = fill_in(session, client).url
    first = client.post(check, {"declaration": "yes"}, follow=True)
    second = client.post(check, {"declaration": "yes"}, follow=True)
    assert SignUp.objects.count() == 1
    assert code_on(first)[0] == code_on(second)[0]
    with clock_set_to(now() + CODE_SHOWN * 2):
        assert code_on(client.get(first.redirect_chain[-1][0])) is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "请填写姓名"),
        ({"contact": ""}, "请填写联系电话"),
        ({"group": ""}, "请选择代表的利益方"),
        ({"views": ""}, "请填写主要观点"),
        ({"website": "https://spam.example"}, "请不要填写"),
        ({"group": "7"}, "选择一个有效的选项"),
    ],
)
def test_errors_stand_beside_the_field_and_nothing_typed_is_lost(session, changes, words):
    page = fill_in(session, **changes)
    assert page.status_code == 422
    assert words in page.content.decode()
    if "name" not in changes:
        assert 'value="赵大海"' in page.content.decode()
    assert SignUpDraft.objects.count() == 0


def test_whoever_signed_up_already_is_told_so_on_the_check_page(session):
    sign_up(session)
    page = sign_up(session)
    assert page.status_code == 409
    assert "报过名" in page.content.decode()
    assert SignUp.objects.count() == 1


def test_number_and_code_take_the_sign_up_back(session):
    page = sign_up(session)
    code = "".join(code_on(page).groups())
    address, given = at("public-sign-up-withdraw", session), {"number": "龙潭会报〔2026〕1号", "confirmed": "on"}
    wrong = Client().post(address, given | {"code": "ABCD2345"})
    assert (wrong.status_code, SignUp.objects.get().state) == (422, "applied")
    done = Client().post(address, given | {"code": code})
    assert "报名已取消" in done.content.decode()
    assert SignUp.objects.get().state == "withdrawn"
    assert Client().post(address, given | {"code": code}).status_code == 409


def test_the_code_of_another_session_opens_nothing(world, session):
    page = sign_up(session)
    code = "".join(code_on(page).groups())
    other_town = open_draft_to_public(world, "qinghe")
    with clock_set_to(OPENED):
        other = announce(
            other_town.document, by=other_town.cast.clerk, kind="forum", held_on=HELD, sign_up_until=UNTIL,
            observer_seats=1,
        )  # fmt: skip
        given = {"number": "龙潭会报〔2026〕1号", "code": code, "confirmed": "on"}
        assert Client().post(at("public-sign-up-withdraw", other), given).status_code == 422
    assert SignUp.objects.get().state == "applied"


def test_the_eleventh_sign_up_within_an_hour_from_one_address_is_refused(session):
    for number in range(HANDED_IN.tries):
        assert sign_up(session, Client(REMOTE_ADDR="203.0.113.7"), name=f"人{number}").status_code == 200
    refused = sign_up(session, Client(REMOTE_ADDR="203.0.113.7"), name="又一人")
    assert refused.status_code == 429
    assert "报名太多" in refused.content.decode()


def test_after_the_last_day_the_form_says_so_and_takes_nothing(session):
    client = Client()
    with clock_set_to(UNTIL):
        check = fill_in(session, client).url
    with clock_set_to(datetime(2026, 3, 21, 0, 5, tzinfo=SHANGHAI)):
        assert "报名已经截止" in client.get(at("public-sign-up", session)).content.decode()
        late = client.post(check, {"declaration": "yes"})
    assert (late.status_code, SignUp.objects.count()) == (409, 0)


def test_list_and_notice_are_cacheable_and_show_seats_and_the_way_to_sign_up(session):
    sign_up(session, wish="listen", group="", views="")
    client = Client()
    listed = client.get("/consultations/sessions/")
    notice = client.get(at("public-session", session))
    assert session.title in listed.content.decode()
    for page in (listed, notice):
        assert "public" in page["Cache-Control"]
    text = notice.content.decode()
    for words in ("旁听席位 1 个，已安排 1 个", "商户 2 人", "我要报名", "按利益方名额，报名先后确定。"):
        assert words in text
    assert not client.cookies


def test_moved_and_cancelled_sessions_say_why(journey, session):
    clerk = journey.cast.clerk
    move_session(session, by=clerk, held_at=session.held_at + timedelta(days=2), place="二楼", reason="场地检修。")
    assert "场地检修。" in Client().get(at("public-session", session)).content.decode()
    cancel_session(session, by=clerk, reason="草案撤回。")
    page = Client().get(at("public-session", session)).content.decode()
    assert "草案撤回。" in page
    assert "我要报名" not in page
    assert "已<b>取消</b>" in Client().get("/consultations/sessions/").content.decode()


def test_the_published_list_is_masked_and_the_report_answers_every_opinion(journey):
    session = walk_session(
        journey.document, by=journey.cast.clerk, kind="forum", announced_on=OPENED, held_on=HELD,
        voices=(
            Voice("赵大海", "商户", "建议分时段。", "partly", "周末采纳。"),
            Voice("钱小河", "人大代表", "赞成草案。", invited=True),
        ),
    )  # fmt: skip
    with clock_set_to(HELD + timedelta(days=3)):
        page = Client().get(at("public-session", session)).content.decode()
        assert session.title in Client().get("/consultations/sessions/?tab=reported").content.decode()
    assert "赵**" in page
    for hidden in ("赵大海", "钱小河", "0000-6110001"):
        assert hidden not in page
    for shown in ("部分采纳 1 条", "周末采纳。", "人大代表", "会议报告"):
        assert shown in page


def test_a_written_consultation_is_public_with_its_report_only(journey):
    with clock_set_to(OPENED):
        hidden = announce(journey.document, by=journey.cast.clerk, kind="written", held_on=HELD)
        assert Client().get(at("public-session", hidden)).status_code == 404
    shown = walk_session(journey.document, by=journey.cast.clerk, kind="written", announced_on=OPENED, held_on=HELD)
    with clock_set_to(HELD + timedelta(days=3)):
        assert Client().get(at("public-session", shown)).status_code == 200
        assert Client().get(at("public-sign-up", shown)).status_code == 404


def test_the_queries_of_list_and_notice_do_not_grow(journey, session, django_assert_max_num_queries):
    with clock_set_to(OPENED):
        for number in range(6):
            announce(journey.document, by=journey.cast.clerk, kind="forum", held_on=HELD, title=f"座谈会{number}")
        with django_assert_max_num_queries(6):
            Client().get("/consultations/sessions/")
        with django_assert_max_num_queries(10):
            Client().get(at("public-session", session))
