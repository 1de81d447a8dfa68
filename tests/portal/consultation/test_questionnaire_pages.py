"""Questions written by a clerk, answered by anybody, published as figures; the words of the answers stay inside."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from portal.consultation.models import Answer, Questionnaire
from portal.consultation.questionnaires import publish_results
from portal.consultation.rehearsal import walk_questionnaire
from portal.consultation.views.public_questionnaires import ANSWERED
from portal.moment import clock_set_to
from tests.ground import made_once
from tests.portal.consultation.town import OPENED, open_draft_to_public, staff_address

CLOSES = OPENED + timedelta(days=14)
GIVEN = {"q1": "1", "q2": ["1", "3"], "q3": "4", "q4": "多设几个点。", "website": ""}


@made_once
def journey(world):
    return open_draft_to_public(world)


@pytest.fixture
def questionnaire(journey):
    return walk_questionnaire(journey.document, by=journey.cast.clerk, opens_on=OPENED, closes_on=CLOSES, answers=4)


def at(name, questionnaire):
    return reverse(f"consultation:{name}", kwargs={"public_id": questionnaire.public_id})


def fill_in(questionnaire, client=None, **changes):
    client, address = client or Client(), at("public-answer", questionnaire)
    token = client.get(address).context["form"].initial["token"]
    return client.post(address, {"token": token} | GIVEN | changes)


def test_an_answer_is_one_form_without_name_or_session(questionnaire):
    client = Client()
    with clock_set_to(OPENED):
        page = fill_in(questionnaire, client)
        assert page.url == at("public-answered", questionnaire)
        assert "谢谢您的参与" in client.get(page.url).content.decode()
    kept = Answer.objects.latest("number").items.values_list("question__order", "choice", "text")
    assert sorted(kept, key=str) == sorted(
        [(1, 1, ""), (2, 1, ""), (2, 3, ""), (3, 4, ""), (4, None, "多设几个点。")], key=str
    )
    assert set(client.cookies) == {"csrftoken"}


def test_sent_twice_it_is_one_answer(questionnaire):
    client, address = Client(), at("public-answer", questionnaire)
    with clock_set_to(OPENED):
        token = client.get(address).context["form"].initial["token"]
        for _ in range(2):
            client.post(address, {"token": token} | GIVEN)
    assert Answer.objects.count() == 5


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"q1": ""}, "请回答第 1 题"),
        ({"q3": "9"}, "选择一个有效的选项"),
        ({"q4": "打我电话 13800138000"}, "手机号码"),
        ({"website": "x"}, "请不要填写"),
    ],
)
def test_errors_stand_beside_the_question_and_nothing_typed_is_lost(questionnaire, changes, words):
    with clock_set_to(OPENED):
        page = fill_in(questionnaire, **changes)
    assert page.status_code == 422
    assert words in page.content.decode()
    if "q4" not in changes:
        assert "多设几个点。" in page.content.decode()
    assert Answer.objects.count() == 4


def test_the_eleventh_answer_within_an_hour_from_one_address_is_refused(questionnaire):
    with clock_set_to(OPENED):
        for _ in range(ANSWERED.tries):
            assert fill_in(questionnaire, Client(REMOTE_ADDR="203.0.113.7")).status_code == 302
        assert fill_in(questionnaire, Client(REMOTE_ADDR="203.0.113.7")).status_code == 429


def test_once_closed_the_form_says_so(questionnaire):
    with clock_set_to(CLOSES + timedelta(days=1)):
        page = Client().get(at("public-answer", questionnaire))
        late = Client().post(at("public-answer", questionnaire), GIVEN)
    assert "问卷已经截止" in page.content.decode()
    assert (late.status_code, Answer.objects.count()) == (409, 4)


def test_the_public_reads_figures_once_they_are_published_and_never_the_texts(journey, questionnaire):
    with clock_set_to(CLOSES + timedelta(days=1)):
        before = Client().get(at("public-questionnaire", questionnaire)).content.decode()
        publish_results(questionnaire, by=journey.cast.clerk, findings="多数人了解这项规定。")
        page = Client().get(at("public-questionnaire", questionnaire))
        assert questionnaire.title in Client().get("/consultations/questionnaires/?tab=published").content.decode()
    text = page.content.decode()
    assert "正在整理" in before
    assert "公示栏" not in before + text
    for words in ("共收到 4 份答卷", "50.0%", "平均 3.75 分", "多数人了解这项规定。", "不公布原文"):
        assert words in text
    assert "public" in page["Cache-Control"]


EDITED = {
    "title": "集贸市场问卷", "purpose": "了解意见。", "opens_on": "2026-03-10", "closes_on": "2026-03-31",
    "contact_unit": "党政办", "contact_phone": "0000-6128001", "questions-TOTAL_FORMS": "3",
    "questions-INITIAL_FORMS": "0", "questions-0-text": "您是否赞成？", "questions-0-kind": "single",
    "questions-0-options": "赞成\n不赞成", "questions-0-required": "on", "questions-1-text": "评分",
    "questions-1-kind": "scale", "questions-1-options": "", "questions-2-text": "", "questions-2-kind": "single",
    "questions-2-options": "",
}  # fmt: skip


@pytest.fixture
def desk(journey, as_person):
    with clock_set_to(OPENED + timedelta(days=8)):
        yield as_person("lt_clerk"), staff_address("staff-questionnaire-open", journey)


def test_a_clerk_writes_checks_and_opens_a_questionnaire(journey, desk):
    client, address = desk
    check = client.post(address, EDITED | {"act": "check"})
    assert "○ 不赞成" in check.content.decode()
    assert Questionnaire.objects.count() == 0
    unconfirmed = client.post(address, EDITED | {"act": "open"})
    assert (unconfirmed.status_code, Questionnaire.objects.count()) == (422, 0)
    opened = client.post(address, EDITED | {"act": "open", "declaration": "yes"}, follow=True)
    assert opened.status_code == 200
    asked = Questionnaire.objects.get().questions.values_list("order", "kind", "required")
    assert list(asked) == [(1, "single", True), (2, "scale", False)]


def test_one_row_more_and_going_back_keep_everything_typed(desk):
    client, address = desk
    more = client.post(address, EDITED | {"act": "more"})
    assert more.status_code == 200
    assert more.content.decode().count('name="questions-3-text"') == 1
    back = client.post(address, EDITED | {"act": "edit"})
    for page in (more, back):
        for typed in ("集贸市场问卷", "您是否赞成？", "不赞成", "2026-03-31"):
            assert typed in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"questions-0-options": "赞成"}, "至少要有两个选项"),
        ({"questions-0-text": "", "questions-0-options": "", "questions-1-text": ""}, "请至少填写一道题"),
        ({"questions-0-text": ""}, "请填写题目"),
        ({"closes_on": "2026-03-01"}, "截止日期不能早于开始日期"),
        ({"opens_on": "2026-03-01"}, "开始日期不能早于今天"),
        ({"title": ""}, "请填写标题"),
    ],
)
def test_what_is_wrong_with_a_questionnaire_is_said_beside_it(desk, changes, words):
    client, address = desk
    page = client.post(address, EDITED | changes)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert "<title>错误：" in page.content.decode()


def test_people_at_work_read_texts_and_export_every_answer(journey, questionnaire, as_person):
    client = as_person("lt_clerk")
    with clock_set_to(OPENED):
        page = client.get(staff_address("staff-questionnaire", journey, number=1)).content.decode()
        export = client.get(staff_address("staff-questionnaire-export", journey, number=1))
    assert "建议把办理结果贴在公示栏。" in page
    rows = list(load_workbook(BytesIO(export.content)).worksheets[0].iter_rows(values_only=True))
    assert rows[1][2:5] == ("了解", "收费；办理时限", "3 分")
    assert len(rows) == 5


def test_acts_on_a_questionnaire_need_their_authority(journey, questionnaire, as_person):
    publish = staff_address("staff-questionnaire-act", journey, number=1, act="publish")
    withdraw = staff_address("staff-questionnaire-act", journey, number=1, act="withdraw")
    with clock_set_to(CLOSES + timedelta(days=1)):
        assert as_person("lt_legal").post(publish, {"confirmed": "on"}).status_code == 403
        assert as_person("lt_clerk").post(withdraw, {"reason": "重复"}).status_code == 403
        assert as_person("lt_clerk").post(publish, {"confirmed": "on", "findings": "好。"}).status_code == 302
        assert as_person("lt_head").post(withdraw, {"reason": "重复"}).status_code == 409


@pytest.mark.parametrize("name", ["staff-questionnaires", "staff-sessions", "staff-session-announce"])
def test_for_another_town_the_pages_do_not_exist(journey, as_person, name):
    assert as_person("qh_clerk").get(staff_address(name, journey)).status_code == 404
