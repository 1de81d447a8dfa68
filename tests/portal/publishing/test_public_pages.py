"""What a citizen sees: only what is declared, its validity today, without cookie, cheap to ask again."""

import csv
import io
import json
from datetime import date, datetime

import pytest

from portal.moment import SHANGHAI, clock_set_to
from portal.web import front
from tests.portal.publishing.town import TEXT, page, published, several

pytestmark = pytest.mark.django_db


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def test_a_document_shows_its_index_block_and_its_articles_with_anchors(world, client):
    shown = html(page(client, published(world)))
    for words in (
        "龙政规〔2026〕1号",
        "云溪县龙潭镇人民政府",
        "2026年5月1日",
        "2028年4月30日",
        "2026年3月30日",
        "引用格式",
    ):
        assert words in shown
    assert 'id="d2"' in shown
    assert '<h2 id="c1">第一章 总则</h2>' in shown
    assert 'href="#d3"' in shown
    assert "<svg" in shown


def test_only_declared_fields_leave_the_inside(world, client):
    publication = published(world)
    pages = [html(page(client, publication)), html(client.get("/docs/")), html(client.get("/"))]
    pages.append(client.get("/docs/index.json").content.decode())
    for secret in (
        "起草说明不公开",
        "联系人甲",
        "13900139000",
        publication.file.number,
        str(publication.file.public_id),
    ):
        assert not any(secret in shown for shown in pages), secret
    assert "王建国" not in "".join(pages)


def test_the_meta_tags_of_the_guide_are_there(world, client):
    shown = html(page(client, published(world)))
    for name in (
        "SiteName",
        "SiteDomain",
        "SiteIDCode",
        "ColumnName",
        "ArticleTitle",
        "PubDate",
        "ContentSource",
        "Url",
    ):
        assert f'<meta name="{name}"' in shown


def test_it_lapses_at_midnight_and_not_a_minute_before(world, client):
    publication = published(world)
    moments = {
        datetime(2026, 4, 30, 12, 0): "尚未施行",
        datetime(2026, 5, 1, 0, 0): "有效",
        datetime(2028, 4, 30, 23, 59): "有效",
        datetime(2028, 5, 1, 0, 0): "已失效",
    }
    for moment, word in moments.items():
        with clock_set_to(moment.replace(tzinfo=SHANGHAI)):
            shown = html(page(client, publication))
            assert f">{word}</span>" in shown, moment
            assert ("【已失效】" in shown) == (word == "已失效")
            assert publication.title in html(client.get("/docs/", {"effect": publication.effect.value}))


def test_without_date_of_effect_the_state_is_unknown_rather_than_guessed(world, client):
    publication = published(world, effective_on=None, valid_until=None)
    assert "效力待核" in html(page(client, publication))
    assert publication.title in html(client.get("/docs/", {"effect": "unknown"}))
    assert publication.title not in html(client.get("/docs/", {"effect": "in_force"}))


@pytest.mark.parametrize(
    "address",
    ["/", "/docs/", "/docs/open-data/", "/towns/longtan/", "/help/", "/sitemap/", "/accessibility/", "/privacy/"],
)
def test_public_pages_set_no_cookie_and_may_be_shared(world, client, address):
    published(world)
    response = client.get(address)
    assert html(response).count("<h1") == 1
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert "ColumnName" in response.content.decode()


def test_an_unchanged_page_is_answered_with_304(world, client):
    publication = published(world)
    first = page(client, publication)
    assert page(client, publication, **{"if-none-match": first["ETag"]}).status_code == 304
    assert page(client, publication, **{"if-modified-since": first["Last-Modified"]}).status_code == 304
    with clock_set_to(date(2028, 5, 1)):
        assert page(client, publication, **{"if-none-match": first["ETag"]}).status_code == 200
        assert page(client, publication, **{"if-modified-since": first["Last-Modified"]}).status_code == 200


def test_a_page_is_not_kept_past_midnight(world, client):
    publication = published(world)
    with clock_set_to(datetime(2028, 4, 30, 23, 59, 50)):
        assert "max-age=10" in page(client, publication)["Cache-Control"]


@pytest.mark.parametrize(
    "address",
    [
        "/docs/2026/999/",
        "/docs/1/1/",
        f"/docs/2026/{'9' * 40}/",
        "/docs/2026/1/files/1/",
        "/towns/nowhere/",
        "/towns/yunxi/",
    ],
)
def test_unknown_addresses_are_404(world, client, address):
    assert client.get(address).status_code == 404


def test_the_list_narrows_by_organisation_and_year_and_each_condition_can_be_taken_back(world, client):
    published(world)
    published(world, clerk="qh_clerk", title="清河镇办法", number="清政规〔2026〕1号", issued_on=date(2025, 6, 1))
    shown = html(client.get("/docs/", {"organisation": "qinghe", "year": "2025"}))
    assert "清河镇办法" in shown
    assert "龙潭镇河道保洁管理办法" not in shown
    assert 'href="?organisation=qinghe"' in shown


def test_conditions_nobody_offers_are_passed_over(world, client):
    published(world)
    assert "龙潭镇河道保洁管理办法" in html(client.get("/docs/", {"organisation": "'; --", "year": "x", "effect": "y"}))


def test_a_document_without_articles_has_no_empty_contents(world, client):
    shown = html(page(client, published(world, text="现将有关事项通知如下。")))
    assert "目录</h2>" not in shown


def test_markup_in_a_text_is_shown_as_text(world, client):
    shown = html(page(client, published(world, title="办法<img src=x>", text=TEXT + "\n<script>alert(1)</script>")))
    assert "<script>alert(1)" not in shown
    assert "<img src=x" not in shown


def test_queries_do_not_grow_with_the_number_of_documents(world, client, django_assert_max_num_queries):
    several(world, 2)
    for address in ("/", "/docs/", "/towns/longtan/", "/docs/index.json"):
        client.get(address)
    several(world, 12, clerk="qh_clerk")
    for address in ("/", "/docs/", "/towns/longtan/", "/docs/index.json"):
        with django_assert_max_num_queries(8):
            client.get(address)


def test_other_rooms_put_their_block_on_the_front_page(world, client):
    block = front.Block("test", "publishing/towns.html", lambda organisation: {"heading": "不显示"})
    front.register(block)
    try:
        assert client.get("/").status_code == 200
        assert len(front.blocks()) >= 1
        with pytest.raises(ValueError, match="twice"):
            front.register(front.Block("test", "other.html", lambda organisation: None))
    finally:
        front.unregister("test")


def test_open_data_says_what_its_fields_mean_and_matches_the_page(world, client):
    publication = published(world, title="=1+1办法")
    content = json.loads(client.get("/docs/index.json").content)
    (record,) = content["records"]
    assert record["index_number"] == publication.public_number
    assert record["effective_on"] == "2026-05-01"
    assert record["url"].endswith(f"/docs/{publication.year}/{publication.serial}/")
    assert {field["code"] for field in content["fields"]} == set(record)
    assert content["next"] is None
    text = b"".join(client.get("/docs/index.csv").streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["索引号"] == publication.public_number
    assert row["标题"] == "'=1+1办法"


def test_open_data_continues_behind_a_number_and_narrows(world, client):
    several(world, 3)
    records = json.loads(client.get("/docs/index.json").content)["records"]
    after = records[0]["index_number"]
    rest = json.loads(client.get("/docs/index.json", {"after": after}).content)["records"]
    assert rest == records[1:]
    assert json.loads(client.get("/docs/index.json", {"organisation": "qinghe"}).content)["records"] == []
    assert client.get("/docs/index.json", {"after": "x"}).status_code == 400
