"""What everybody reads: how many suggestions, how many in time, and what came of each, without any name."""

from datetime import timedelta

import pytest

from normative_docs.suggestions.figures import statistics
from portal.indicators.registry import Scope, indicators
from portal.moment import clock_set_to
from tests.normative_docs.evaluation.evaluations import document
from tests.normative_docs.suggestions import matters

PAGE = "/review-suggestions/"


@pytest.fixture(autouse=True)
def later():
    with clock_set_to(matters.RECEIVED + timedelta(days=50)):
        yield


def test_an_empty_page_says_why_and_how_to_begin(client, world):
    page = client.get(PAGE).content.decode()
    assert "还没有答复过审查建议" in page
    assert "60 日内书面答复" in page
    assert f"{PAGE}new/" in page


def test_an_answered_suggestion_is_shown_without_its_proposer(client, world):
    suggestion = matters.replied(world)
    page = client.get(PAGE).content.decode()
    assert suggestion.document.title in page
    assert "未发现问题" in page
    assert suggestion.public_summary in page
    assert "用时 22 日" in page
    for hidden in (matters.NAME, matters.PHONE, matters.REASON, suggestion.opinion.replace("经审查，", "经审查后：")):
        assert hidden not in page


def test_what_is_not_answered_stays_inside(client, world):
    suggestion = matters.concluded(world)
    assert suggestion.document.title not in client.get(PAGE).content.decode()


def test_the_correction_is_shown_once_the_county_has_checked_it(client, world):
    suggestion = matters.corrected(world)
    assert "已删去第三条" not in client.get(PAGE).content.decode()
    matters.perform(suggestion, "confirm_correction", by=world["county_reviewer"])
    assert "已删去第三条" in client.get(PAGE).content.decode()


def test_the_figures_add_up(world):
    made = document(world)
    matters.replied(world, made=made)
    matters.replied(world, "order", on=matters.RECEIVED + timedelta(days=49), made=made, clause="第四条")
    matters.received(world, made=made)
    counted = statistics(2026)
    assert (counted["received"], counted["answered"], counted["in_time"]) == (3, 2, 2)
    assert sum(count for _, count in counted["results"]) == counted["answered"]


def test_a_late_reply_lowers_the_rate_and_names_the_file_behind_it(world):
    made = document(world)
    matters.replied(world, made=made)
    with clock_set_to(matters.RECEIVED + timedelta(days=70)):
        late = matters.replied(world, made=made, on=matters.RECEIVED + timedelta(days=65))
    scope = Scope.of_year(world.longtan, 2026)
    figure = indicators["normative_docs.suggestion_rate"].compute(scope)
    assert (str(figure.value), str(figure.of)) == ("50.0", "2")
    assert list(figure.short) == [late.casefile_ptr]
    assert indicators["normative_docs.suggestions"].compute(scope).value == 2


def test_the_public_page_sets_no_cookie_and_may_be_kept(client, world):
    page = client.get(PAGE)
    assert not page.cookies
    assert "max-age=60" in page["Cache-Control"]


def test_the_list_asks_no_more_of_the_database_for_more_answers(client, world, django_assert_max_num_queries):
    made = document(world)
    matters.replied(world, made=made)
    client.get(PAGE)
    with django_assert_max_num_queries(40) as few:
        client.get(f"{PAGE}?size=20")
    for _ in range(2):
        matters.replied(world, made=made)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(f"{PAGE}?size=50")
