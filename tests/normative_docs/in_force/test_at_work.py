"""Acts and consolidated texts on the pages at work: asked, checked, entered; nothing typed is lost."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from normative_docs.in_force.models import Relation, TextVersion
from normative_docs.recording import open_draft
from portal.moment import clock_set_to
from portal.publishing.copying import CHECKLIST
from tests.normative_docs.in_force.stories import AMENDED, address, existing

OUTSIDE = {
    "by_what": "outside", "number": "云政发〔2026〕8号", "title": "关于废止有关文件的决定", "on": "2026-04-01",
    "reason": "与上位法不一致", "basis": "",
}  # fmt: skip


def place(document, rest) -> str:
    return f"/staff/cases/{document.public_id}/in-force/{rest}"


def body(response) -> str:
    return response.content.decode()


def test_an_act_is_shown_once_more_before_it_is_entered(as_person, world):
    document, client = existing(world), as_person("lt_legal")
    act = place(document, "acts/end/")
    check = client.post(act, {**OUTSIDE, "kind": "repeals"})
    assert check.status_code == 200
    assert "将要登记的内容" in body(check)
    assert not Relation.objects.exists()
    unsure = client.post(act, {**OUTSIDE, "kind": "repeals", "confirm": "yes"})
    assert unsure.status_code == 422
    assert not Relation.objects.exists()
    done = client.post(act, {**OUTSIDE, "kind": "repeals", "confirm": "yes", "declaration": "yes"})
    assert done.status_code == 302
    assert Relation.objects.get().name_of_source.startswith("《关于废止有关文件的决定》")
    again = client.post(act, {**OUTSIDE, "number": "别号", "kind": "repeals", "confirm": "yes", "declaration": "yes"})
    assert again.status_code == 409
    assert "已自 2026-04-01 起废止" in body(again)


def test_a_document_of_the_portal_is_found_by_its_number(as_person, world):
    document = existing(world)
    new = existing(
        world, title="新办法", number="龙政规〔2026〕3号", issued=date(2026, 3, 1), effective=date(2026, 4, 1)
    )
    client = as_person("lt_legal")
    data = {**OUTSIDE, "by_what": "portal", "title": "", "kind": "replaces", "confirm": "yes", "declaration": "yes"}
    wrong = client.post(place(document, "acts/end/"), data)
    assert wrong.status_code == 422
    assert "本平台没有公布这个文号的文件" in body(wrong)
    assert client.post(place(document, "acts/end/"), {**data, "number": "龙政规〔2026〕3号"}).status_code == 302
    assert Relation.objects.get().source_id == new.pk


def test_going_back_from_the_check_page_loses_nothing(as_person, world):
    client = as_person("lt_legal")
    page = client.get(place(existing(world), "acts/end/"), {"number": "云政发〔2026〕8号", "reason": "与上位法不一致"})
    assert "云政发〔2026〕8号" in body(page)
    assert "与上位法不一致" in body(page)


@pytest.mark.parametrize(
    ("act", "data", "message"),
    [
        ("end", {"kind": "repeals_part"}, "请填写废止的条款"),
        ("end", {"kind": "repeals", "title": ""}, "请填写文件名称"),
        ("amend", {"articles": "大概改了几条"}, "没有读出修改的条款"),
        ("continue", {"valid_until": "2034-13-01"}, "请填写正确的日期"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(as_person, world, act, data, message):
    response = as_person("lt_legal").post(place(existing(world), f"acts/{act}/"), {**OUTSIDE, **data})
    assert response.status_code == 422
    assert message in body(response)


def test_clerks_see_and_do_not_enter_and_other_towns_see_nothing(as_person, world):
    document = existing(world)
    assert as_person("lt_clerk").post(place(document, "acts/end/"), OUTSIDE).status_code == 403
    assert as_person("qh_legal").get(place(document, "acts/end/")).status_code == 404


def amended(as_person, document) -> Relation:
    data = {**OUTSIDE, "articles": "修改：第三条", "confirm": "yes", "declaration": "yes"}
    response = as_person("lt_legal").post(place(document, "acts/amend/"), data)
    relation = Relation.objects.get()
    assert response.url == f"/staff/cases/{document.public_id}/#in-force"
    return relation


def test_a_consolidated_text_is_checked_saved_confirmed_and_public(as_person, world, client):
    document = existing(world)
    text = place(document, f"text/{amended(as_person, document).pk}/")
    clerk = as_person("lt_clerk")
    assert "每日清扫场地" in body(clerk.get(text))
    assert "修改第三条" in body(clerk.get(text))
    wrong = AMENDED.replace("不得占用通道", "不得占用消防通道")
    checked = clerk.post(text, {"text": wrong, "act": "check"})
    assert "修改第四条：修改决定没有列出，文本有变动" in body(checked)
    assert not TextVersion.objects.filter(number=2).exists()
    refused = clerk.post(text, {"text": wrong, "act": "save"})
    assert refused.status_code == 409
    assert "消防通道" in body(refused)
    assert clerk.post(text, {"text": AMENDED, "act": "save"}).status_code == 302
    assert clerk.post(text + "confirm/", {}).status_code == 403
    legal = as_person("lt_legal")
    assert "<ins>、消毒</ins>" in body(legal.get(text + "confirm/"))
    assert legal.post(text + "confirm/", {}).status_code == 422
    version = TextVersion.objects.get(number=2)
    answers = {"checklist": [question.code for question in CHECKLIST], "text_is_right": "on", "seen": version.digest}
    assert legal.post(text + "confirm/", {**answers, "seen": "alt"}).status_code == 409
    assert legal.post(text + "confirm/", answers).status_code == 302
    with clock_set_to(date(2026, 6, 1)):
        assert "消毒" in body(client.get(address(document, "at/2026-06-01/")))
    part = body(legal.get(f"/staff/cases/{document.public_id}/"))
    assert "与修改决定逐条相符" in part
    assert "云政发〔2026〕8号" in part


def test_an_uploaded_text_is_read_and_shown_before_it_is_kept(as_person, world):
    document = existing(world)
    text = place(document, f"text/{amended(as_person, document).pk}/")
    upload = SimpleUploadedFile("合并文本.txt", AMENDED.encode())
    page = as_person("lt_clerk").post(text, {"act": "save", "upload": upload})
    assert page.status_code == 200
    assert "每日清扫、消毒场地" in body(page)
    assert "逐条相符" in body(page)


def test_two_people_with_the_same_text_open_the_second_is_told(as_person, world):
    document = existing(world)
    text = place(document, f"text/{amended(as_person, document).pk}/")
    clerk = as_person("lt_clerk")
    clerk.post(text, {"text": AMENDED, "act": "save"})
    late = clerk.post(text, {"text": AMENDED, "act": "save", "seen": "alt"})
    assert late.status_code == 409
    assert "已由他人修改" in body(late)


def test_the_interface_reads_versions_and_relations_within_the_scope(as_person, world):
    document = existing(world)
    amended(as_person, document)
    base = f"/api/v1/normative-documents/{document.public_id}/"
    client = as_person("lt_clerk")
    versions = client.get(base + "versions/").json()["results"]
    assert [(row["number"], row["effective_from"]) for row in versions] == [(1, "2024-05-01")]
    relations = client.get(base + "relations/").json()["results"]
    assert [(row["kind"], row["direction"]) for row in relations] == [("amends", "inward")]
    assert client.post(base + "relations/", {}).status_code == 405
    assert as_person("qh_clerk").get(base + "versions/").status_code == 404


def test_article_lists_that_cannot_be_read_are_refused_beside_the_field(as_person, world):
    existing(world)
    with clock_set_to(date(2026, 3, 2)):
        draft = open_draft(
            by=world["lt_clerk"], organisation=world.longtan, title="修改决定", disclosure="proactive", draft_text="",
        )  # fmt: skip
        answer = as_person("lt_clerk").post(
            place(draft, "plan/"), {"act": "add", "kind": "amends", "number": "龙政规〔2024〕1号", "part": "若干条"}
        )
    assert answer.status_code == 422
    assert "没有读出条款" in body(answer)
    assert not draft.planned_relations.exists()
