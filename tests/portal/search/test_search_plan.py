"""With many rows, a search reads the index and never the whole table."""

import json
import uuid
from datetime import date, timedelta

import pytest
from django.db import connection

from portal.search.facets import Filters
from portal.search.index import vectors_of
from portal.search.models import SearchEntry
from portal.search.query import parse
from portal.search.registry import EntryData
from portal.search.search import RANKED_AT_MOST, _by_index_only, public_entries, search, statement

pytestmark = pytest.mark.django_db

ROWS = 3000
THINGS = ("防汛抗旱", "食品安全", "宅基地", "道路停车", "集体聚餐", "古茶树", "生活垃圾", "殡葬")


@pytest.fixture
def many_entries(as_owner):
    rows = []
    for number in range(ROWS):
        thing, first = THINGS[number % len(THINGS)], date(2000, 1, 1) + timedelta(days=number)
        body = f"为加强{thing}管理，制定本办法。第{number}条由镇政府负责解释。" + "依照有关规定执行。" * (number % 5)
        if number == 1234:
            body += "麒麟瓜种植补贴。"
        data = EntryData(title=f"{thing}管理办法", body=body, published_on=first, public=True, url_name="search:public")
        vector, ranking = vectors_of(data)
        rows.append(
            SearchEntry(
                kind="notice",
                object_uuid=uuid.uuid4(),
                is_public=True,
                title=data.title,
                body=body,
                vector=vector,
                ranking=ranking,
                published_on=first,
                year=first.year,
                url_name=data.url_name,
            )
        )
    SearchEntry.objects.bulk_create(rows, batch_size=500)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE search_searchentry")


def nodes(plan):
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


QUESTIONS = (
    "管理",
    "麒麟瓜",
    "麒麟",
    "防汛抗旱",
    "法",
    "镇 -食品",
    "殡葬 OR 古茶树",
    "没有这个词",
    "第7条",
    "管理办法",
)


def plan_of(text):
    sql, parameters = statement(public_entries(), parse(text), Filters(), None, False, 20)
    with _by_index_only(), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", parameters)
        plan = cursor.fetchone()[0]
    return list(nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]))


def test_with_many_rows_the_index_answers_and_the_newest_are_ranked(many_entries):
    for text in QUESTIONS:
        plan = plan_of(text)
        assert "search_terms" in {node.get("Index Name") for node in plan}, text
        assert not [node for node in plan if node["Node Type"] == "Seq Scan"], text
    page = search("管理", public=True)
    assert (page.total, page.total_text, page.is_cut_off) == (ROWS, f"{RANKED_AT_MOST}+", True)
    assert page.results[0].published_on == date(2000, 1, 1) + timedelta(days=ROWS - 1)
    assert search("麒麟瓜种植", public=True).total == 1
