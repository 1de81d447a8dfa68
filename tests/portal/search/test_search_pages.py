"""The two search pages: everything in the address, hits marked, nothing executed, nobody remembered."""

import re
from datetime import date

import pytest

from portal.search.views import ASKED
from tests.portal.search.county import clerk, publish, town

pytestmark = pytest.mark.django_db


def page(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_public_page_marks_hits_in_title_and_text(client):
    publish("防汛预案", number="龙政规〔2026〕3号", body="全镇防汛工作由指挥部负责。", organisation=town())
    html = page(client, "/search/", q="防汛")
    assert "<mark>防汛</mark>预案" in html
    assert "全镇<mark>防汛</mark>工作" in html
    assert "找到 1 件" in html


def test_the_public_page_sets_no_cookie_and_may_be_cached(client):
    response = client.get("/search/", {"q": "防汛"})
    assert not response.cookies


def test_words_typed_are_shown_as_text_and_kept_in_the_box(client):
    html = page(client, "/search/", q='"><script>alert(1)</script>')
    assert "<script>alert(1)" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


def test_a_title_with_markup_is_shown_as_text(client):
    publish("防汛<img src=x onerror=alert(1)>")
    assert "<img src=x" not in page(client, "/search/", q="防汛")


def test_a_choice_of_a_facet_is_an_address_and_can_be_taken_back(client):
    publish("防汛一", on=date(2026, 1, 1), organisation=town())
    publish("防汛二", on=date(2025, 1, 1), organisation=town("qinghe", "清河镇"))
    html = page(client, "/search/", q="防汛")
    link = re.search(r'href="(\?[^"]*organisation=longtan[^"]*)"', html)[1].replace("&amp;", "&")
    narrowed = client.get("/search/" + link).content.decode()
    assert "找到 1 件" in narrowed
    assert "清除筛选" in narrowed
    assert "已选，点此取消" in narrowed


def test_only_what_is_in_force_is_one_click_away(client):
    publish("管理办法甲", valid_from=date(2001, 1, 1), valid_until=date(2002, 1, 1))
    publish("管理办法乙", valid_from=date(2001, 1, 1))
    everything = page(client, "/search/", q="管理办法")
    assert "【已失效】" in everything
    live = page(client, "/search/", q="管理办法", effect="in_force")
    assert "找到 1 件" in live
    assert "【已失效】" not in live


def test_without_a_hit_the_page_proposes_words_that_sound_alike(client):
    publish("龙潭镇防汛应急预案")
    html = page(client, "/search/", q="防讯应急")
    assert "没有找到「防讯应急」" in html
    assert ">防汛应急</a>" in html


def test_a_filter_without_a_hit_offers_to_clear_it(client):
    publish("防汛预案")
    html = page(client, "/search/", q="防汛", year="1999")
    assert "没有符合筛选条件的文件" in html


def test_pages_are_turned_by_address(client):
    for number in range(23):
        publish(f"防汛通知{number}")
    first = page(client, "/search/", q="防汛")
    following = re.search(r'href="(\?[^"]*cursor=[^"]*)" rel="next"', first)[1].replace("&amp;", "&")
    second = client.get("/search/" + following).content.decode()
    assert second.count("<h3>") == 3
    assert ">首页</a>" in second


@pytest.mark.parametrize("value", ["\x00", "%00", "'", "𠮷", "１２３", "9" * 400, "\u202e"])
@pytest.mark.parametrize("name", ["q", "kind", "organisation", "year", "effect", "cursor", "sort"])
def test_no_value_of_any_parameter_breaks_the_page(client, name, value):
    publish("防汛预案")
    assert client.get("/search/", {"q": "防汛"} | {name: value}).status_code == 200


def test_an_address_that_asks_too_often_is_asked_to_wait(client):
    for _ in range(ASKED.tries):
        client.get("/search/", {"q": "防汛"})
    response = client.get("/search/", {"q": "防汛"})
    assert response.status_code == 429
    assert int(response["Retry-After"]) <= ASKED.seconds


def test_the_staff_page_asks_for_a_sign_in(client):
    response = client.get("/staff/search/", {"q": "防汛"})
    assert response.status_code == 302


def test_the_staff_page_also_searches_what_is_published(client):
    client.force_login(clerk("lt", town()))
    publish("防汛预案")
    assert "没有找到" in page(client, "/staff/search/", q="防汛")
    assert "<mark>防汛</mark>预案" in page(client, "/staff/search/", q="防汛", scope="public")
