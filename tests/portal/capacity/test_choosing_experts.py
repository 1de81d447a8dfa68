"""Which experts suit a matter, and what ties one of them to it."""

from datetime import date

import pytest

from normative_docs.recording import open_draft
from portal.capacity import experts
from portal.capacity.experts import pool
from portal.moment import clock_set_to
from tests.portal.capacity.people import TODAY, county_expert, town_expert


@pytest.fixture(autouse=True)
def then():
    with clock_set_to(TODAY):
        yield


@pytest.fixture
def file(world):
    return open_draft(
        by=world["lt_clerk"], organisation=world.longtan, title="龙潭镇绿野农业示范园建设方案",
        handling_unit=world.units["longtan-building"], disclosure="proactive",
    )  # fmt: skip


def reasons(expert, file, parties=()):
    return [(tie.code, tie.name) for tie in experts.conflicts(expert, file, parties)]


def test_suitable_are_those_of_the_own_pool_and_the_countys_in_any_of_the_fields(world):
    ours, lawyer = town_expert(world), county_expert(world)
    farmer = county_expert(world, "覃少华", expertise=["agriculture", "finance"])
    assert list(experts.suitable(world.longtan, ["agriculture"], TODAY)) == [ours, farmer]
    assert list(experts.suitable(world.units["longtan-office"], ["law", "finance"], TODAY)) == [lawyer, farmer]
    assert list(experts.suitable(world.qinghe, [], TODAY)) == [lawyer, farmer]
    assert list(experts.suitable(world.county, ["agriculture"], TODAY)) == [farmer]


def test_nobody_is_suitable_before_or_after_the_term(world):
    expert = county_expert(world)
    pool.end(expert, by=world["county_supervisor"], on=date(2026, 5, 31), reason="辞任")
    on_days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 5, 31), date(2026, 6, 1))
    assert [experts.suitable(world.longtan, ["law"], day).exists() for day in on_days] == [False, True, True, False]


def test_who_works_for_the_handling_unit_or_the_deciding_town_is_tied_to_the_file(world, file):
    handling = county_expert(world, "甲", employer=file.handling_unit.name)
    deciding = county_expert(world, "乙", employer="龙潭镇人民政府")
    assert reasons(handling, file) == [("employer", file.handling_unit.name)]
    assert reasons(deciding, file) == [("employer", world.longtan.name)]


def test_a_party_is_found_in_the_employer_and_in_the_known_interests(world, file):
    party = "云溪县城镇建设投资有限公司"
    employed = county_expert(world, "甲", employer=party)
    related = county_expert(world, "乙", interests=f"江州大学\n配偶在{party}任职")
    stranger = county_expert(world, "丙", interests="江州仲裁委员会")
    assert reasons(employed, file, [party]) == [("employer", party)]
    assert reasons(related, file, [party]) == [("interest", party)]
    assert "配偶在" in experts.conflicts(related, file, [party])[0].text
    assert reasons(stranger, file, [party]) == []


def test_a_company_that_the_title_names_ties_its_people_to_the_file(world, file):
    expert = county_expert(world, interests="绿野农业")
    assert reasons(expert, file) == [("subject", "绿野农业")]


def test_blanks_and_full_width_letters_hide_no_tie(world, file):
    expert = county_expert(world, employer="ＡＢＣ 工程 咨询有限公司")
    assert reasons(expert, file, ["ABC工程咨询有限公司"]) == [("employer", "ABC工程咨询有限公司")]


def test_short_words_and_an_empty_record_tie_nobody(world, file):
    expert = county_expert(world, employer="农业", interests="\n建设\n")
    assert reasons(expert, file, ["", "镇"]) == []


def test_asking_writes_nothing(world, file, django_assert_max_num_queries):
    expert = county_expert(world)
    with django_assert_max_num_queries(4) as asked:
        experts.conflicts(expert, file)
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)
