"""A clerk takes a session from the notice to the published report, page by page; others see what is theirs to see."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from portal.consultation.models import Session, SignUp
from portal.consultation.rehearsal import announce, beginning
from portal.consultation.taking_part import sign_up
from portal.moment import clock_set_to
from tests.portal.consultation.town import OPENED, open_draft_to_public, staff_address

HELD = date(2026, 4, 1)
UNTIL = date(2026, 3, 20)
NOTICE = {
    "kind": "hearing", "title": "集贸市场摊位听证会", "purpose": "听取对摊位收费的意见。",
    "held_at": "2026-04-01T09:30",
    "place": "镇政府三楼", "notice": "请提前到场。", "sign_up_until": "2026-03-20", "speaker_seats": "3",
    "groups": "商户 2\n居民 1", "method_kind": "criteria", "method": "在市场内经营或者居住在附近的。",
    "observer_seats": "2", "contact_unit": "党政办",
    "contact_phone": "0000-6128001", "shortened_reason": "",
}  # fmt: skip


@pytest.fixture
def journey(world):
    return open_draft_to_public(world)


def at(name, journey, **more):
    return staff_address(name, journey, **more)


def announced(journey, **fields):
    facts = {"sign_up_until": UNTIL, "speaker_seats": 2, "observer_seats": 1} | fields
    with clock_set_to(OPENED):
        session = announce(journey.document, by=journey.cast.clerk, kind="hearing", held_on=HELD, **facts)
        for number in (1, 2, 3):
            sign_up(session, wish="speak", name=f"赵大{number}", contact=f"1380013800{number}", views="建议。")
    return session


def test_the_whole_way_in_the_pages(journey, as_person):
    client = as_person("lt_clerk")
    with clock_set_to(OPENED):
        check = client.post(at("staff-session-announce", journey), NOTICE)
        assert "商户 2 人" in check.content.decode()
        assert Session.objects.count() == 0
        client.post(at("staff-session-announce", journey), NOTICE | {"act": "announce", "declaration": "yes"})
        session = Session.objects.get()
        for number, group in enumerate(session.groups.all(), start=1):
            sign_up(session, wish="speak", name=f"赵大{number}", contact=f"0000-{number}", group=group, views="建议。")
    with clock_set_to(UNTIL + timedelta(days=1)):
        ask = client.post(at("staff-sign-ups-choose", journey, number=1), {"pick": ["1", "2"], "act": "ask"})
        assert "确定 2 位参加人" in ask.content.decode()
        client.post(
            at("staff-sign-ups-choose", journey, number=1), {"pick": ["1", "2"], "act": "choose", "reason": "按先后。"}
        )
        guest = {"name": "钱代表", "capacity": "人大代表", "reason": "联系本镇。"}
        client.post(at("staff-participants", journey, number=1), guest)
        client.post(at("staff-session-act", journey, number=1, act="list"), {"confirmed": "on"})
        client.post(at("staff-session-act", journey, number=1, act="material"), {"on": "2026-03-21"})
    people = list(session.participants.order_by("id"))
    assert [person.capacity for person in people] == ["商户", "居民", "人大代表"]
    with clock_set_to(beginning(HELD) + timedelta(hours=3)):
        record = at("staff-session-record", journey, number=1)
        kept = {"act": "keep", "host": "甲", "recorder": "乙", "observers_present": "2", "course": "依次发言。"}
        client.post(record, kept | {"attended": [str(person.pk) for person in people]})
        for person in people:
            said = {"act": "voice", "voice-participant": str(person.pk), "voice-content": f"{person.capacity}的意见。"}
            client.post(record, said)
        client.post(record, {"act": "strike", "number": "3"})
        seal = at("staff-session-act", journey, number=1, act="seal")
        assert client.post(seal, {"confirmed": "on"}).status_code == 422
        signed = SimpleUploadedFile("笔录.txt", "签字".encode())
        assert client.post(seal, {"confirmed": "on", "signed_record": signed}).status_code == 302
        for opinion in session.opinions.all():
            page = at("staff-session-opinion", journey, number=1, opinion_id=opinion.public_id)
            answer = {"outcome": "adopted", "answer": "写入草案。", "public_text": opinion.content, "seen": ""}
            assert client.post(page, answer).status_code == 302
        report = at("staff-session-act", journey, number=1, act="report")
        drafted = client.get(report).content.decode()
        assert "共提出意见 2 条：采纳 2 条" in drafted
        client.post(report, {"report": "会议概况。", "confirmed": "on"})
        client.post(at("staff-session-act", journey, number=1, act="publish"), {"confirmed": "on"})
        page = client.get(at("staff-session", journey, number=1)).content.decode()
    assert Session.objects.get().report_published_at
    assert "会议概况。" in page


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"title": ""}, 422, "请填写名称"),
        ({"held_at": "明天"}, 422, "请填写日期和时间"),
        ({"groups": "商户"}, 422, "没有写明名额"),
        ({"held_at": "2026-03-05T09:30"}, 409, "已来不及"),
        ({"held_at": "2026-03-10T09:30", "sign_up_until": "2026-03-08"}, 409, "缩短公告时间的理由"),
        ({"sign_up_until": ""}, 409, "请填写报名截止日期"),
        ({"groups": "商户 9"}, 409, "超过了参加人名额"),
        ({"place": ""}, 409, "请填写会议地点"),
    ],
)
def test_what_is_wrong_with_a_notice_is_said_beside_it_and_nothing_is_lost(journey, as_person, changes, status, words):
    with clock_set_to(OPENED):
        page = as_person("lt_clerk").post(at("staff-session-announce", journey), NOTICE | changes)
    text = page.content.decode()
    assert page.status_code == status
    assert words in text
    assert "听取对摊位收费的意见。" in text
    assert Session.objects.count() == 0


def test_going_back_from_the_check_brings_back_what_was_typed(journey, as_person):
    with clock_set_to(OPENED):
        page = as_person("lt_clerk").post(at("staff-session-announce", journey), NOTICE | {"act": "edit"})
    for typed in ("集贸市场摊位听证会", "商户 2", "2026-04-01T09:30"):
        assert typed in page.content.decode()


def test_sign_ups_are_masked_until_a_click_that_is_recorded(journey, as_person):
    announced(journey)
    client, page = as_person("lt_clerk"), at("staff-sign-ups", journey, number=1)
    with clock_set_to(OPENED):
        masked, shown = client.get(page).content.decode(), client.post(page).content.decode()
    assert "赵大1" not in masked
    assert "13800138001" not in masked
    assert "赵大1" in shown
    assert "13800138001" in shown
    assert journey.document.audit_entries.filter(verb="session.contacts_seen").count() == 1


def test_who_does_not_run_it_neither_sees_contacts_nor_exports(journey, as_person):
    announced(journey)
    client = as_person("lt_legal")
    assert client.get(at("staff-sign-ups", journey, number=1)).status_code == 200
    assert client.post(at("staff-sign-ups", journey, number=1)).status_code == 403
    assert client.get(at("staff-sign-ups-export", journey, number=1)).status_code == 403
    assert client.get(at("staff-session-announce", journey)).status_code == 403


def test_the_export_for_the_door_has_names_and_no_contacts(journey, as_person):
    announced(journey)
    with clock_set_to(OPENED):
        answer = as_person("lt_clerk").get(at("staff-sign-ups-export", journey, number=1))
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    assert [row[1] for row in rows[1:]] == ["赵大1", "赵大2", "赵大3"]
    assert not any("1380013800" in str(cell) for row in rows for cell in row)
    assert journey.document.audit_entries.filter(verb="session.exported").count() == 1


def test_more_than_the_seats_are_refused_and_the_reason_typed_stays(journey, as_person):
    announced(journey)
    with clock_set_to(UNTIL + timedelta(days=1)):
        page = as_person("lt_clerk").post(
            at("staff-sign-ups-choose", journey, number=1),
            {"pick": ["1", "2", "3"], "act": "choose", "reason": "都很好。"},
        )
    assert page.status_code == 409
    assert "还剩 2 人，选了 3 人" in page.content.decode()
    assert "都很好。" in page.content.decode()


def test_a_clerk_takes_a_sign_up_back_with_a_reason(journey, as_person):
    announced(journey)
    client, page = as_person("lt_clerk"), at("staff-sign-up-withdraw", journey, number=1, sign_up=2)
    with clock_set_to(OPENED):
        assert client.post(page, {"reason": ""}).status_code == 422
        assert client.post(page, {"reason": "来电取消。"}).status_code == 302
    assert SignUp.objects.get(number=2).state == "withdrawn"


def test_only_the_head_calls_a_session_off(journey, as_person):
    announced(journey)
    page = at("staff-session-act", journey, number=1, act="cancel")
    with clock_set_to(OPENED):
        assert as_person("lt_clerk").post(page, {"reason": "改期。"}).status_code == 403
        assert as_person("lt_head").post(page, {"reason": "草案撤回。"}).status_code == 302
        assert "草案撤回。" in as_person("lt_clerk").get(at("staff-session", journey, number=1)).content.decode()


def test_the_case_page_leads_to_sessions_and_questionnaires(journey, as_person):
    session = announced(journey)
    with clock_set_to(OPENED):
        page = as_person("lt_clerk").get(f"/staff/cases/{journey.document.public_id}/").content.decode()
    assert at("staff-session", journey, number=1) in page
    assert at("staff-questionnaires", journey) in page
    assert session.title in page


@pytest.mark.parametrize("username", ["qh_clerk", "county_reviewer"])
def test_for_another_town_and_the_county_it_does_not_exist(journey, as_person, username):
    announced(journey)
    for name in ("staff-session", "staff-sign-ups", "staff-participants", "staff-session-record"):
        assert as_person(username).get(at(name, journey, number=1)).status_code == 404


def test_the_queries_of_the_list_of_sign_ups_do_not_grow(journey, as_person, django_assert_max_num_queries):
    session = announced(journey)
    client, page = as_person("lt_clerk"), at("staff-sign-ups", journey, number=1)
    with clock_set_to(OPENED):
        for number in range(20):
            sign_up(session, wish="listen", name=f"听{number}", contact=f"0000-{number}")
        with django_assert_max_num_queries(24):
            client.get(page)
