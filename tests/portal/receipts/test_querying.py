"""The one query page: a right pair shows the state, a wrong one tells nothing, and guessing is slow."""

import re
import statistics
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.receipts.codes import typed_code, typed_number
from portal.receipts.issue import find_receipt
from portal.receipts.views import GUESSED, NOT_FOUND
from tests.portal.receipts.counter import hand_in

pytestmark = pytest.mark.django_db


def ask(client, number, code, **extra):
    return client.post("/status/", {"number": number, "code": code}, **extra)


def without_what_was_typed(response):
    return re.sub(r'value="[^"]*"', "", response.content.decode())


def test_number_and_code_show_where_it_stands(client):
    receipt, code = hand_in()
    html = ask(client, receipt.number, code).content.decode()
    assert receipt.number in html
    assert "第 2 步，共 3 步" in html
    assert "建议增加过渡期" in html
    assert code not in html


@pytest.mark.parametrize("brackets", ["[{}]", "（{}）", "【{}】", " ( {} ) ", "〔{}〕"])
def test_number_and_code_are_read_as_people_type_them(client, brackets):
    receipt, code = hand_in()
    mark, year, rest = re.fullmatch(r"(.+)〔(\d+)〕(\d+)号", receipt.number).groups()
    typed = f"{mark}{brackets.format(year)}第00{rest}号"
    response = ask(client, typed, f" {code[:4].lower()} - {code[4:].lower()} ")
    assert "建议增加过渡期" in response.content.decode()


def test_a_wrong_number_and_a_wrong_code_give_the_same_page(client):
    receipt, code = hand_in()
    wrong_code = ask(client, receipt.number, "22222222")
    wrong_number = ask(client, "龙潭来件〔2026〕777号", code)
    neither = ask(client, "不是编号", "x")
    assert NOT_FOUND in wrong_code.content.decode()
    pages = {without_what_was_typed(response) for response in (wrong_code, wrong_number, neither)}
    assert len({re.sub(r"csrf[^>]*>", "", page) for page in pages}) == 1
    assert {response.status_code for response in (wrong_code, wrong_number, neither)} == {200}


def test_a_wrong_number_costs_what_a_wrong_code_costs():
    receipt, _ = hand_in()

    def cost(number):
        with CaptureQueriesContext(connection) as queries:
            find_receipt(number, "22222222")
        times = []
        for _ in range(60):
            start = time.perf_counter()
            find_receipt(number, "22222222")
            times.append(time.perf_counter() - start)
        return len(queries), statistics.median(times)

    (known_queries, known), (unknown_queries, unknown) = cost(receipt.number), cost("龙潭来件〔2026〕777号")
    assert known_queries == unknown_queries == 1
    # The row itself costs some microseconds to load; what must not show is a missing comparison or query.
    assert 0.25 < unknown / known < 4


def test_the_sixth_try_waits(client):
    receipt, code = hand_in()
    for _ in range(GUESSED.tries):
        assert ask(client, receipt.number, "22222222").status_code == 200
    refused = ask(client, receipt.number, code)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 15 * 60
    assert "建议增加过渡期" not in refused.content.decode()
    assert "15 分钟" in refused.content.decode()


def test_right_pairs_do_not_count(client):
    receipt, code = hand_in()
    for _ in range(GUESSED.tries * 2):
        assert "建议增加过渡期" in ask(client, receipt.number, code).content.decode()


def test_an_empty_form_counts_no_try_and_names_its_fields(client):
    for _ in range(GUESSED.tries * 2):
        html = ask(client, "", "").content.decode()
    assert "请填写回执编号" in html
    assert "请填写查询码" in html


def test_an_ipv6_household_is_one_asker(client):
    for number in range(GUESSED.tries):
        ask(client, "甲意见〔2026〕1号", "22222222", REMOTE_ADDR=f"2001:db8:1:2::{number}")
    assert ask(client, "甲意见〔2026〕1号", "2", REMOTE_ADDR="2001:db8:1:2:ffff::1").status_code == 429
    assert ask(client, "甲意见〔2026〕1号", "2", REMOTE_ADDR="2001:db8:1:3::1").status_code == 200


def test_a_forged_forwarding_header_makes_no_other_asker(client):
    for number in range(GUESSED.tries):
        ask(client, "甲意见〔2026〕1号", "22222222", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert ask(client, "甲意见〔2026〕1号", "2", HTTP_X_FORWARDED_FOR="203.0.113.99").status_code == 429


def test_behind_an_own_proxy_the_forwarded_address_asks(client, settings):
    settings.TRUSTED_PROXY_COUNT = 1
    for number in range(GUESSED.tries):
        forwarded = f"198.51.100.{number}, 203.0.113.7"
        ask(client, "甲意见〔2026〕1号", "22222222", HTTP_X_FORWARDED_FOR=forwarded)
    assert ask(client, "甲意见〔2026〕1号", "2", HTTP_X_FORWARDED_FOR="1.2.3.4, 203.0.113.7").status_code == 429
    assert ask(client, "甲意见〔2026〕1号", "2", HTTP_X_FORWARDED_FOR="203.0.113.8").status_code == 200


def test_the_printed_square_fills_in_the_number_and_not_the_code(client):
    receipt, code = hand_in()
    html = client.get("/status/", {"number": receipt.number}).content.decode()
    assert f'value="{receipt.number}"' in html
    assert code not in html


def test_what_comes_by_address_is_never_echoed_raw(client):
    html = client.get("/status/", {"number": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert(1)" not in html


def test_no_session_is_set_and_nothing_is_kept_by_caches(client):
    receipt, code = hand_in()
    response = ask(client, receipt.number, code)
    assert "sessionid" not in response.cookies
    assert "no-store" in response["Cache-Control"]


def test_a_form_from_elsewhere_is_refused():
    receipt, code = hand_in()
    assert ask(Client(enforce_csrf_checks=True), receipt.number, code).status_code == 403


@pytest.mark.parametrize(
    "hostile",
    [
        "\x00",
        "'",
        "9" * 5000,
        "〔2026〕1号",
        "龙〔２０２６〕１号",
        "\u202e",
        "𠮷〔2026〕1号",
        "a〔9999〕" + "9" * 40 + "号",
    ],
)
def test_hostile_input_is_only_a_wrong_pair(client, hostile):
    response = ask(client, hostile, hostile)
    assert response.status_code == 200


def test_typed_forms():
    assert typed_number("龙潭来件[2026]012") == "龙潭来件〔2026〕12号"
    assert typed_number("２０２６") == ""
    assert typed_code("ａｂｃｄ efgh") == "ABCDEFGH"
