"""What is typed into the box becomes a question, and never anything else."""

import pytest

from portal.search.query import LONGEST_QUESTION, MOST_WORDS, parse


def test_words_apart_are_all_wanted():
    assert parse("防汛 预案").tsquery == "((('防汛')) & (('预案')))"


@pytest.mark.parametrize("between", ["与", "AND", "并且", "\u3000"])
def test_and_is_what_a_blank_is(between):
    assert parse(f"防汛 {between} 预案").tsquery == parse("防汛 预案").tsquery


@pytest.mark.parametrize("between", ["或", "OR", "或者"])
def test_or_asks_for_either(between):
    assert parse(f"防汛 {between} 抗旱").tsquery == "((('防汛'))) | ((('抗旱')))"


@pytest.mark.parametrize("written", ["防汛 -预案", "防汛 －预案", "防汛 NOT 预案", "防汛 非 预案", "防汛 不含 预案"])
def test_a_word_can_be_left_out(written):
    assert parse(written).tsquery == "((('防汛')) & !(('预案')))"


def test_a_longer_word_is_all_its_parts_of_three():
    assert parse("防汛应急").tsquery == "((('防汛应' & '汛应急')))"


def test_quotation_marks_keep_a_phrase_together():
    assert parse("“open source”").tsquery == "((('open source')))"


def test_an_operator_alone_is_a_word():
    assert parse("与").tsquery == "((('与')))"
    assert parse("或").tsquery == "((('或')))"


def test_only_left_out_words_ask_for_nothing():
    query = parse("-防汛")
    assert not query
    assert query.notice


def test_an_empty_side_of_or_is_passed_over():
    assert parse("防汛 或 -抗旱").tsquery == "((('防汛')))"


def test_a_document_number_is_also_asked_for_as_such():
    assert parse("龙政规【2026】第03号").number_tsquery == "'龙政规〔2026〕3号':A"


def test_a_long_input_is_cut_and_says_so():
    query = parse("防汛" * LONGEST_QUESTION)
    assert len(query.text) == LONGEST_QUESTION
    assert "过长" in query.notice


def test_no_more_words_are_asked_for_than_help():
    query = parse(" ".join(f"w{number}" for number in range(60)))
    assert query.tsquery.count("&") == MOST_WORDS - 1
