"""Text is cut so that every part of it can be found, however it was typed."""

import pytest

from portal.search.cutter import LARGEST_VECTOR, Vector, document_number, fold, runs, shingles, terms_of


def terms(text):
    return {term for units in runs(fold(text)) for term in terms_of(units)}


def test_every_two_characters_of_a_word_are_a_term():
    assert {"宅基", "基地"} <= terms("农村宅基地管理")


def test_one_character_is_a_term():
    assert "镇" in terms("青山镇")


def test_parts_across_what_a_dictionary_takes_for_a_border_are_terms():
    assert {"青山", "山镇", "青山镇"} <= terms("青山镇")


def test_full_width_letters_and_digits_are_folded():
    assert terms("ＡＢＣ２０２６") == terms("abc2026")


def test_line_ends_and_blanks_do_not_part_a_word():
    assert "宅基地" in terms("宅\n 基\u3000地")


def test_punctuation_parts_words():
    assert "汛抗" not in terms("防汛、抗旱")


def test_invisible_signs_do_not_part_a_word():
    assert "宅基地" in terms("宅\u200b基\ufeff地")


def test_two_latin_words_keep_their_blank():
    assert "open source" in terms("Open Source")


@pytest.mark.parametrize(
    "written",
    [
        "龙政规〔2026〕3号",
        "龙政规[2026]3号",
        "龙政规【2026】3号",
        "龙政规（2026）3号",
        "龙政规［２０２６］３号",
        "龙政规 ( 2026 ) 第 03 号",
        "龙政规﹝2026﹞3号",
    ],
)
def test_a_document_number_has_one_form_whatever_its_brackets(written):
    assert document_number(written) == "龙政规〔2026〕3号"


def test_a_sentence_is_no_document_number():
    assert document_number("根据龙政规〔2026〕3号，") == ""


def test_characters_outside_the_basic_plane_are_units():
    assert "𠮷祥" in terms("𠮷祥村")


def test_what_is_said_in_the_title_carries_the_highest_weight():
    vector = Vector()
    vector.add_zone("防汛预案", "A")
    vector.add_body("本预案自印发之日起施行。")
    places = dict(entry.partition(":")[::2] for entry in vector.ranking_literal().split(" "))
    assert places["'防汛'"].endswith("A")
    assert places["'施行'"].endswith("C")
    assert "'本预'" in vector.literal()
    assert "'本预'" not in places


def test_a_vector_never_outgrows_what_the_database_takes():
    vector = Vector()
    vector.add_body("".join(chr(0x4E00 + (n * n * 7919 + n * 31) % 20000) for n in range(400_000)))
    assert len(vector.literal().encode()) < 2 * LARGEST_VECTOR
    assert vector.size < LARGEST_VECTOR + 1_000_000


def test_shingles_of_a_row_shorter_than_their_width_are_none():
    assert shingles(["一"], 2) == []
