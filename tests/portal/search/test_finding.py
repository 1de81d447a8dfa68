"""What was published is found, by any part of it, the best match first."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.moment import clock_set_to
from portal.search.facets import Filters
from portal.search.index import index
from portal.search.models import SearchEntry
from portal.search.registry import EntryData
from portal.search.search import search
from tests.portal.search.county import publish, town

pytestmark = pytest.mark.django_db


def titles(text, **options):
    return [hit.plain_title for hit in search(text, public=True, **options).results]


@pytest.mark.parametrize(
    "part", ["集体", "体聚", "聚餐", "集体聚餐", "餐食品安", "法", "安全 集体", "龙潭镇农村集体聚餐食品安全管理办法"]
)
def test_every_part_of_a_title_finds_it(part):
    publish("龙潭镇农村集体聚餐食品安全管理办法")
    publish("清河镇滨河步道管理规定")
    assert titles(part) == ["龙潭镇农村集体聚餐食品安全管理办法"]


def test_a_word_far_down_a_long_text_is_found():
    publish("长文", body="为加强管理，制定本办法。" * 4000 + "宅基地资格权另行规定。")
    assert titles("宅基地资格权") == ["长文"]


def test_a_frequent_word_is_found_in_a_new_connection_late_in_the_text():
    publish("长文", body="行政机关依法行政。" * 2000 + "行政赔偿另行规定。")
    assert titles("行政赔偿") == ["长文"]


@pytest.mark.parametrize(
    "written",
    ["龙政规〔2026〕3号", "龙政规[2026]3号", "龙政规（2026）3号", "龙政规【２０２６】第3号", "〔2026〕3号", "龙政规"],
)
def test_a_document_number_is_found_in_any_brackets(written):
    publish("食品安全管理办法", number="龙政规〔2026〕3号")
    publish("步道管理规定", number="清政发〔2025〕13号")
    assert titles(written) == ["食品安全管理办法"]


def test_the_document_of_that_number_stands_before_those_that_speak_of_it():
    publish("关于废止龙政规〔2026〕3号文件的决定", on=date(2026, 9, 1), number="龙政规〔2026〕9号")
    publish("食品安全管理办法", on=date(2026, 1, 1), number="龙政规〔2026〕3号")
    assert titles("龙政规(2026)3号")[0] == "食品安全管理办法"


def test_the_title_outranks_the_body_however_often_the_body_says_it():
    publish("年度工作要点", on=date(2026, 9, 1), body="防汛工作。" * 200)
    publish("防汛应急预案", on=date(2020, 1, 1))
    assert titles("防汛") == ["防汛应急预案", "年度工作要点"]


def test_words_are_joined_and_left_out():
    publish("防汛预案")
    publish("防汛预案（试行）")
    publish("抗旱预案")
    assert set(titles("防汛 预案")) == {"防汛预案", "防汛预案（试行）"}
    assert titles("预案 -试行 -抗旱") == ["防汛预案"]
    assert len(titles("防汛 OR 抗旱")) == 3


def test_hits_are_marked_in_the_words_of_the_text():
    publish("关于ＡＢＣ平台的通知", body="前言。" * 60 + "本平台代号ABC，由镇政府管理。" + "结语。" * 60)
    hit = search("abc", public=True).results[0]
    assert ("ＡＢＣ", True) in hit.title
    assert ("ABC", True) in hit.snippet
    assert hit.snippet[0] == ("…", False)


def test_markup_in_a_title_stays_text():
    publish("<script>alert(1)</script>防汛")
    hit = search("防汛", public=True).results[0]
    assert hit.title == [("<script>alert(1)</script>", False), ("防汛", True)]


@pytest.mark.parametrize(
    "hostile",
    [
        "%_\\&|!()",
        "'",
        "''::tsquery",
        "a' | 'b",
        "\\",
        "!!防汛",
        "防汛:*",
        "<->",
        "\x00防汛",
        "防" * 300,
        "((((",
        '"',
        "\u202e防汛",
        "\ud800",
        "-",
        "--防汛",
    ],
)
def test_hostile_input_is_only_text(hostile):
    publish("防汛预案")
    page = search(hostile, public=True)
    assert len(page.results) <= 1


def test_each_facet_counts_under_the_other_filters():
    longtan, qinghe = town(), town("qinghe", "清河镇")
    publish("防汛通知一", organisation=longtan, on=date(2026, 1, 1))
    publish("防汛通知二", organisation=longtan, on=date(2025, 1, 1))
    publish("防汛通知三", organisation=qinghe, on=date(2026, 1, 1))
    page = search("防汛", public=True, filters=Filters(year="2026", organisation="longtan"))
    assert [hit.plain_title for hit in page.results] == ["防汛通知一"]
    facets = {facet.name: {option.value: option.count for option in facet.options} for facet in page.facets}
    assert facets["year"] == {"2026": 1, "2025": 1}
    assert facets["organisation"] == {"longtan": 1, "qinghe": 1}


def test_validity_is_that_of_the_day_it_is_asked_for():
    publish("管理办法甲", valid_from=date(2026, 1, 1), valid_until=date(2026, 6, 30))
    publish("管理办法乙", valid_from=date(2026, 1, 1), repealed_on=date(2026, 6, 30))
    publish("管理办法丙", valid_from=date(2026, 9, 1))
    publish("管理办法丁", has_validity=True)
    publish("关于管理办法的通知")

    def states(day):
        with clock_set_to(day):
            found = {hit.plain_title: hit.effect for hit in search("管理办法", public=True).results}
            live = search("管理办法", public=True, filters=Filters(effect="in_force"))
        assert {hit.plain_title for hit in live.results} == {t for t, state in found.items() if state == "in_force"}
        return found

    assert states(date(2026, 6, 29)) == {
        "管理办法甲": "in_force",
        "管理办法乙": "in_force",
        "管理办法丙": "pending",
        "管理办法丁": "unknown",
        "关于管理办法的通知": None,
    }
    assert states(date(2026, 6, 30))["管理办法乙"] == "repealed"
    assert states(date(2026, 6, 30))["管理办法甲"] == "in_force"
    assert states(date(2026, 7, 1))["管理办法甲"] == "lapsed"
    assert states(date(2026, 9, 1))["管理办法丙"] == "in_force"


@pytest.mark.parametrize("newest_first", [False, True])
def test_pages_follow_one_another_without_gap_or_double(newest_first):
    for number in range(25):
        publish(f"防汛通知{number}", on=date(2026, 1, 1 + number % 3), body="防汛" * (number % 4))
    seen, cursor = [], ""
    for _ in range(5):
        page = search("防汛", public=True, cursor=cursor, per_page=6, newest_first=newest_first)
        seen += [hit.plain_title for hit in page.results]
        cursor = page.next_cursor
    assert cursor == ""
    assert len(seen) == len(set(seen)) == 25


@pytest.mark.parametrize("cursor", ["x", "W10", "WzEsMiwzLDRd", "é", "A" * 5000, "W251bGwsbnVsbCxudWxsLG51bGxd"])
def test_a_made_up_cursor_is_the_first_page(cursor):
    publish("防汛预案")
    assert titles("防汛", cursor=cursor) == ["防汛预案"]


@pytest.mark.parametrize("typed", ["防讯应急", "fangxunyingji", "防汛应极", "防汛应急办"])
def test_without_a_hit_words_that_sound_alike_are_proposed(typed):
    publish("龙潭镇防汛应急预案")
    page = search(typed, public=True)
    assert page.total == 0
    assert any("防汛应急" in word for word in page.suggestions)


def test_a_search_costs_few_queries_however_many_hits():
    for number in range(30):
        publish(f"防汛通知{number}", organisation=town())
    for text in ("防汛", "没有这样的词", "防汛 OR 通知 -预案"):
        with CaptureQueriesContext(connection) as queries:
            search(text, public=True, filters=Filters(organisation="longtan"))
        assert len(queries) <= 6


def test_indexing_again_replaces_the_entry():
    identifier = publish("防汛预案")
    index(
        "notice",
        identifier,
        [EntryData(title="抗旱预案", published_on=date(2026, 1, 1), public=True, url_name="search:public")],
    )
    assert titles("防汛") == []
    assert titles("抗旱") == ["抗旱预案"]
    index("notice", identifier, [])
    assert not SearchEntry.objects.exists()


def test_an_audience_is_always_named():
    with pytest.raises(ValueError, match="exactly one"):
        search("防汛")
    with pytest.raises(ValueError, match="exactly one"):
        search("防汛", person=object(), public=True)
