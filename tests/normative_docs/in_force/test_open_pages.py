"""What everyone reads: the mark, the relations, the text and the list of a day, two versions side by side."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from normative_docs.in_force import acts, versions
from normative_docs.in_force.models import RelationKind
from portal.moment import clock_set_to
from portal.publishing.register import publication_of, take_down
from portal.search.index import rebuild_all
from tests.ground import made_once
from tests.normative_docs.in_force.stories import AMENDED, address, existing
from tests.normative_docs.in_force.test_versions import ANSWERS, amended

ON = date(2026, 4, 1)
LATER = date(2026, 6, 1)


@made_once
def changed(world):
    """A document amended from 1 April 2026, with the consolidated text confirmed."""
    document = existing(world)
    with clock_set_to(date(2026, 3, 20)):
        version = versions.prepare(amended(world, document), by=world["lt_clerk"], text=AMENDED)
        versions.confirm(version, by=world["lt_legal"], checklist=ANSWERS)
    return document


def text(response) -> str:
    return response.content.decode()


def test_the_text_of_a_day_is_the_one_that_applied(client, changed):
    with clock_set_to(LATER):
        before, after = (client.get(address(changed, f"at/{day}/")) for day in ("2026-03-31", "2026-04-01"))
    assert "每日清扫场地" in text(before)
    assert "第 1 版" in text(before)
    assert "每日清扫、消毒场地" in text(after)
    assert "第 2 版" in text(after)


@pytest.mark.parametrize(
    ("day", "state"),
    [("2024-03-11", "尚未公布"), ("2024-04-30", "尚未施行"), ("2026-01-01", "有效"), ("2029-05-01", "已失效")],
)
def test_the_state_of_the_day_stands_beside_the_text(client, changed, day, state):
    assert state in text(client.get(address(changed, f"at/{day}/")))


def test_the_search_finds_the_words_of_both_texts(client, world, changed):
    with clock_set_to(LATER):
        for words in ("每日清扫场地", "每日清扫、消毒场地"):
            assert address(changed) in text(client.get("/search/", {"q": words}))
        rebuild_all()
        assert address(changed) in text(client.get("/search/", {"q": "消毒场地"}))


def test_the_document_says_that_it_was_amended_and_where_the_present_text_is(client, changed):
    with clock_set_to(LATER):
        page = text(client.get(address(changed)))
        listed = text(client.get("/docs/"))
    assert "【已被修改】集贸市场管理办法" in page
    assert "查看现行文本" in page
    assert "关于修改的决定" in page
    assert "【已被修改】集贸市场管理办法" in listed


def test_before_the_text_is_confirmed_the_page_says_so(client, world):
    document = existing(world)
    amended(world, document)
    with clock_set_to(LATER):
        assert "修改后的合并文本正在整理" in text(client.get(address(document)))
        assert "合并文本正在整理" in text(client.get(address(document, "at/2026-06-01/")))


def test_an_unconfirmed_text_is_on_no_page(client, world):
    document = existing(world)
    versions.prepare(amended(world, document), by=world["lt_clerk"], text=AMENDED)
    with clock_set_to(LATER):
        assert "消毒" not in text(client.get(address(document, "at/2026-06-01/")))
    assert client.get(address(document, "changes/1-2/")).status_code == 404


def test_what_is_hidden_in_the_new_text_is_on_no_page(client, world):
    document = existing(world)
    relation = amended(world, document)
    words = AMENDED + "\n联系人电话：13800138000。"
    version = versions.prepare(relation, by=world["lt_clerk"], text=words, mismatch_reason="附联系方式")
    versions.confirm(version, by=world["lt_legal"], checklist=ANSWERS)
    with clock_set_to(LATER):
        for rest in ("", "at/2026-06-01/", "changes/1-2/"):
            page = client.get(address(document, rest))
            assert page.status_code == 200
            assert "13800138000" not in text(page)


def test_both_versions_stand_side_by_side_with_words_not_colour_alone(client, changed):
    page = text(client.get(address(changed, "changes/1-2/")))
    assert "<ins>、消毒</ins>" in page
    assert 'aria-label="修改：第三条"' in page
    assert "第一条　未变动" in page


def test_relations_are_read_from_both_ends(client, world):
    old = existing(world)
    new = existing(world, title="集贸市场管理规定", number="龙政规〔2026〕9号", issued=date(2026, 3, 1), effective=ON)
    acts.repeal(old, by=None, on=ON, kind=RelationKind.REPLACES, through=new, reason="重新制定")
    with clock_set_to(LATER):
        assert f'被替代，依据<a href="{address(new)}">' in text(client.get(address(old)))
        assert f'替代<a href="{address(old)}">' in text(client.get(address(new)))
        assert "【已被替代】" in text(client.get(address(old)))


def test_a_withheld_source_is_not_named(client, world):
    old, new = existing(world), existing(world, title="内部决定", number="龙政规〔2026〕9号", issued=date(2026, 3, 1))
    acts.repeal(old, by=None, on=ON, through=new, reason="清理")
    take_down(publication_of(new), by=world["lt_legal"], reason="误公开")
    with clock_set_to(LATER):
        page = text(client.get(address(old)))
    assert "内部决定" not in page
    assert "未在本站公开的文件" in page


def test_a_text_taken_down_is_gone_on_every_day(client, world, changed):
    place = address(changed)
    take_down(publication_of(changed), by=world["lt_legal"], reason="误公开")
    assert client.get(place + "at/2026-01-01/").status_code == 410
    assert client.get(place + "changes/1-2/").status_code == 410


def test_the_list_of_a_day_holds_what_was_in_force_that_day(client, world):
    existing(world, title="第一办法", number="龙政规〔2024〕1号")
    existing(world, title="第二办法", number="龙政规〔2024〕2号", effective=date(2025, 1, 1))
    existing(world, title="第三办法", number="清政规〔2024〕1号", town="qinghe", until=date(2024, 12, 31))
    on_2024, on_2025 = text(client.get("/docs/at/2024-12-31/")), text(client.get("/docs/at/2025-01-01/"))
    assert ["第一办法" in on_2024, "第二办法" in on_2024, "第三办法" in on_2024] == [True, False, True]
    assert ["第一办法" in on_2025, "第二办法" in on_2025, "第三办法" in on_2025] == [True, True, False]
    of_town = text(client.get("/docs/at/2024-12-31/?organisation=qinghe"))
    assert "第三办法" in of_town
    assert "第一办法" not in of_town


def test_the_same_list_as_data(client, world):
    existing(world)
    answer = client.get("/docs/at/2025-01-01/index.json").json()
    assert [row["title"] for row in answer["records"]] == ["集贸市场管理办法"]
    assert answer["records"][0]["effect"] == "有效"
    assert answer["records"][0]["text_on_day"].endswith("/at/2025-01-01/")
    assert client.get("/docs/at/2024-04-30/index.json").json()["records"] == []
    lines = b"".join(client.get("/docs/at/2025-01-01/index.csv").streaming_content).decode("utf-8-sig")
    assert [row[1] for row in csv.reader(StringIO(lines))][1:] == ["集贸市场管理办法"]


def test_a_day_is_chosen_by_a_form_and_a_wrong_one_is_explained(client, world):
    document = existing(world)
    assert client.get("/docs/at/?on=2026-03-01").url == "/docs/at/2026-03-01/"
    assert client.get(address(document, "at/?on=2026年3月1日")).url == address(document, "at/2026-03-01/")
    for place in ("/docs/at/", address(document, "at/")):
        wrong = client.get(place + "?on=31.2.")
        assert wrong.status_code == 422
        assert "请填写正确的日期" in text(wrong)
    assert client.get("/docs/at/2026-02-30/").status_code == 404


def test_pages_are_kept_by_caches_and_ask_no_session(client, changed):
    for place in (address(changed, "at/2026-04-01/"), "/docs/at/2026-04-01/", address(changed, "changes/1-2/")):
        response = client.get(place)
        assert "public" in response["Cache-Control"]
        assert response["ETag"]
        assert not response.cookies


def test_more_documents_cost_no_more_queries(client, world):
    def count(place):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(place).status_code == 200
        return len(queries)

    existing(world, title="甲", number="龙政规〔2024〕1号")
    before = [count("/docs/at/2026-01-01/"), count("/docs/")]
    for n in range(2, 6):
        document = existing(world, title=f"办法{n}", number=f"龙政规〔2024〕{n}号")
        amended(world, document, on=date(2025, 1, n), number=f"龙政规〔2025〕{n}号")
    assert [count("/docs/at/2026-01-01/"), count("/docs/")] == before
