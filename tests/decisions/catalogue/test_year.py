"""A catalogue passes its year: consent before publication, items that stand, adjustments, deviations, the account."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from decisions.catalogue.accounting import explain
from decisions.catalogue.adjusting import draft_adjustment
from decisions.catalogue.compiling import add_item, change_item, open_catalogue
from decisions.catalogue.linking import explain_outside, link, offered
from decisions.catalogue.models import CatalogueEntry, CatalogueItem
from decisions.catalogue.rehearsal import planned_item
from decisions.catalogue.standing import town_years
from decisions.catalogue.tracking import deviations, progress_of
from decisions.catalogue.vocabulary import AdjustmentAct
from decisions.demo import texts
from decisions.demo.journey import DecisionJourney
from portal.demo.walking import cast_of
from portal.moment import clock_set_to
from portal.organisations.models import PolicySetting
from portal.oversight.models import Filing
from portal.workflow.refusals import StepRefused
from tests.decisions.catalogue.scenarios import DECEMBER, START, YEAR, begin, draft_withdrawal, walked


def bus_from(world, day) -> DecisionJourney:
    cast = cast_of(world, "longtan")
    return DecisionJourney(cast, texts.bus(cast.town.short_name), day)


def another(journey, **changes) -> CatalogueItem:
    """An item for the charging points, not on any list yet."""
    cast = journey.cast
    item = planned_item(
        cast.town, cast.clerk.organisation, texts.square("龙潭镇"), YEAR, date(2026, 4, 1), {"people": 5600}
    )
    for name, value in changes.items():
        setattr(item, name, value)
    return item


def test_a_town_has_one_catalogue_a_year_and_its_day_of_publication_runs(world):
    journey = begin(world)
    journey.open()
    assert journey.document.title == "云溪县龙潭镇人民政府2026年度重大行政决策事项目录"
    assert journey.document.deadlines.get(code="mad_catalog_year").effective_end == date(2026, 3, 31)
    with journey.on(), pytest.raises(StepRefused, match="已经立卷"):
        open_catalogue(by=journey.cast.clerk, organisation=journey.cast.town, year=YEAR)
    with journey.on(), pytest.raises(StepRefused, match="本年度或者下一年度"):
        open_catalogue(by=journey.cast.clerk, organisation=journey.cast.town, year=YEAR - 1)


def test_an_item_is_held_against_the_numbers_of_the_region_on_that_day(world):
    PolicySetting.objects.create(
        organisation=world.county, code="decisions.threshold_people", value=6000, valid_from=date(2026, 1, 1),
        basis="云溪县重大决策量化标准（测试）", set_by_name="测试",
    )  # fmt: skip
    journey = begin(world)
    journey.open()
    assert journey.document.items.get().meets_threshold
    with journey.on():
        small = add_item(journey.document, another(journey, reason=""), by=journey.cast.clerk)
    assert small.judged_words == "直接影响人数 5600 人（标准 6000 人，未达到）"
    assert small.judged[0]["basis"] == "云溪县重大决策量化标准（测试）"
    with journey.on(), pytest.raises(StepRefused) as refused:
        journey._step("submit_to_party", journey.cast.clerk)
    assert [gate.code for gate in refused.value.missing] == ["catalogue_items_justified"]


def test_of_two_who_change_an_item_the_second_is_told(world):
    journey = begin(world)
    journey.open()
    first, second = (journey.document.items.get() for _ in range(2))
    seen = second.seen
    with journey.on():
        first.legal_basis = "县城乡公交条例"
        change_item(first, by=journey.cast.clerk, seen=seen)
        with pytest.raises(StepRefused, match="已由他人修改"):
            change_item(second, by=journey.cast.clerk, seen=seen)


def test_a_consent_older_than_the_return_was_to_another_list(world):
    journey = walked(world, "consent")
    old = journey.day
    journey.workday(3)
    with journey.on():
        journey._step("return_to_compiling", journey.cast.clerk, note="增加事项")
        journey._step("submit_to_party", journey.cast.clerk)
        with pytest.raises(StepRefused, match="退回修改过"):
            journey._step("note_consent", journey.cast.clerk, consented_on=old, consent="原同意")
        journey._step("note_consent", journey.cast.clerk, consented_on=journey.day, consent="重新同意")
    assert journey.document.consented_on == journey.day


def test_the_database_keeps_adopted_items_from_every_change_but_a_consented_adjustment(world):
    journey = walked(world, "publish")
    item = journey.document.items.get()
    rows = CatalogueItem.objects.filter(pk=item.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(title="改名")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        another(journey, catalogue=journey.document, number=9).save()
    unconsented = draft_withdrawal(journey)
    journey.document.adjustments.update(consented_on=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(is_withdrawn=True, adjusted_by=unconsented)


def test_items_are_added_changed_and_withdrawn_by_another_person_than_the_drafter(world):
    journey = walked(world, "publish")
    cast, item = journey.cast, journey.document.items.get()
    journey.workday(20)
    with journey.on():
        consent = {"consented_on": journey.day, "consent": "党委会议研究同意"}
        draft_adjustment(
            journey.document, AdjustmentAct.ADD, by=cast.clerk, reason="上级部署。", content=another(journey), **consent
        )
        later = journey.document.items.get()
        later.months = later.months | {"publication": 12}
        change = draft_adjustment(
            journey.document,
            AdjustmentAct.CHANGE,
            by=cast.clerk,
            reason="工期顺延。",
            item=item,
            content=later,
            **consent,
        )
        assert change.summary.startswith("计划完成时间由“")
        with pytest.raises(StepRefused, match="尚未公布"):
            draft_adjustment(
                journey.document, AdjustmentAct.WITHDRAW, by=cast.clerk, reason="不办了。", item=item, **consent
            )
        journey._step("adjust", cast.head)
    item.refresh_from_db()
    added = journey.document.items.get(number=2)
    assert (item.months["publication"], item.adjusted_by, added.title) == (
        12,
        change,
        "龙潭镇老旧小区加装充电设施实施方案",
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        journey.document.adjustments.update(reason="改写")


def test_whoever_drafted_an_adjustment_does_not_publish_it(world):
    journey = walked(world, "publish")
    row = draft_withdrawal(journey)
    journey.document.adjustments.filter(pk=row.pk).update(drafted_by=journey.cast.head)
    with journey.on(), pytest.raises(StepRefused, match="另一人"):
        journey._step("adjust", journey.cast.head)


@pytest.mark.parametrize("words", ["联系人手机 13812345678", "身份证 11010519491231002X"])
def test_nothing_that_is_published_with_the_catalogue_holds_personal_numbers(world, words):
    journey = walked(world, "publish")
    with journey.on(), pytest.raises(StepRefused, match="个人信息"):
        draft_adjustment(
            journey.document, AdjustmentAct.WITHDRAW, by=journey.cast.clerk, item=journey.document.items.get(),
            reason=words,
        )  # fmt: skip


def test_a_decision_carries_out_an_item_and_no_second_one_takes_it(world):
    catalogue = walked(world, "publish")
    item = catalogue.document.items.get()
    first = bus_from(world, date(2026, 3, 2))
    first.walk("start")
    assert first.document.catalogue_entry.item == item
    assert catalogue.document.links_in.get().source_id == first.document.pk
    second = bus_from(world, date(2026, 3, 20))
    second.propose()
    assert second.document.catalogue_entry.item is None
    assert not offered(second.document).exists()
    with second.on(), pytest.raises(StepRefused, match="已有决策在办理"):
        link(second.document, item, by=second.cast.clerk)
    with first.on(), pytest.raises(StepRefused, match="已经启动"):
        explain_outside(first.document, by=first.cast.clerk, reason="改主意了。")


def test_a_withdrawn_item_no_longer_opens_the_start(world):
    catalogue = walked(world, "publish")
    journey = bus_from(world, date(2026, 3, 2))
    journey.propose()
    catalogue.day = journey.day
    draft_withdrawal(catalogue)
    with catalogue.on():
        catalogue._step("adjust", catalogue.cast.head)
    with journey.on(), pytest.raises(StepRefused) as refused:
        journey.start()
    assert [gate.code for gate in refused.value.missing] == ["in_catalogue"]
    assert "已经调出目录" in refused.value.missing[0].explain


def test_months_passed_by_over_thirty_days_and_added_or_dropped_steps_are_deviations(world):
    cast = cast_of(world, "longtan")
    bus, charge = texts.bus("龙潭镇"), texts.square("龙潭镇")
    planned = replace(bus, facts=bus.facts | {"is_professional": True})
    catalogue = walked(
        world, "publish", (planned, date(2026, 3, 2), {"people": 18000}), (charge, date(2026, 2, 2), {"people": 5600})
    )
    journey = DecisionJourney(cast, bus, date(2026, 3, 9))
    journey.propose(touches_public_interest=True)
    for act in (journey.start, journey.draft, journey.open):
        journey.workday()
        act()
    found = {one.key: one.words for one in deviations(catalogue.document, date(2026, 5, 30))}
    # Planned as a professional matter that touches nobody's vital interests; the decision's facts say the opposite.
    assert set(found) == {"added-1-hearing", "added-1-risk", "dropped-1-experts", "late-2-participation"}
    assert found["added-1-hearing"].endswith("增加听证会（涉及重大公共利益或者群众切身利益）")
    assert found["late-2-participation"].endswith("公众参与计划 3 月完成，尚未立项，已超过 60 日")
    # April ends on the 30th; the thirtieth day after it is the 30th of May, and on the day behind it is late.
    late = {one.key: one.words for one in deviations(catalogue.document, date(2026, 5, 31))}
    assert late["late-1-participation"].endswith("公众参与计划 4 月完成，尚未完成，已超过 31 日")
    assert not any(key.startswith("late-1-legality") for key in late)


def test_decisions_outside_the_catalogue_are_explained_and_nothing_changes_after_the_results(world):
    catalogue = walked(world, "file")
    outside = DecisionJourney(catalogue.cast, texts.waterworks("龙潭镇"), date(2026, 9, 1), secret=True)
    outside.walk("start")
    catalogue.day = DECEMBER
    with catalogue.on():
        catalogue._step("begin_results", catalogue.cast.clerk)
        keys = [one.key for one in deviations(catalogue.document, catalogue.day)]
        assert keys == ["late-1-participation", f"outside-{outside.document.pk}"]
        with pytest.raises(StepRefused, match="不存在"):
            explain(catalogue.document, "late-9-risk", by=catalogue.cast.clerk, explanation="说明")
        for key in keys:
            explain(catalogue.document, key, by=catalogue.cast.clerk, explanation="列入下一年度。")
    catalogue.document.results = "一项没有启动。"
    catalogue.document.save(update_fields=["results"])
    catalogue.close()
    done = catalogue.document
    assert (done.stage, done.items.get().outcome) == ("closed", "not_started")
    assert {row.key: row.is_public for row in done.explanations.all()} == {keys[0]: True, keys[1]: False}
    assert [one.key for one in deviations(done, date(2027, 6, 1))] == keys
    with pytest.raises(DatabaseError), transaction.atomic():
        done.explanations.update(explanation="改写")


def test_progress_asks_as_often_for_many_items_as_for_few(world):
    few, many = walked(world, "publish"), 3
    bus_from(world, date(2026, 3, 2)).walk("start")

    def asked():
        with CaptureQueriesContext(connection) as queries:
            deviations(few.document, DECEMBER)
            progress_of(few.document)
        return len(queries)

    before = asked()
    with few.on():
        for number in range(many):
            draft_adjustment(
                few.document, AdjustmentAct.ADD, by=few.cast.clerk, reason="增加。", consented_on=few.day,
                consent="同意", content=another(few, title=f"龙潭镇第{number}期充电设施方案"),
            )  # fmt: skip
        few._step("adjust", few.cast.head)
    for number in range(many):
        journey = DecisionJourney(few.cast, texts.square("龙潭镇"), date(2026, 4, 1))
        journey.propose(title=f"龙潭镇第{number}期充电设施方案")
        CatalogueEntry.objects.filter(decision=journey.document).update(
            item=few.document.items.get(number=number + 2), reason=""
        )
        with journey.on():
            journey.start()
    assert asked() == before


def test_the_county_sees_who_is_late_and_what_was_filed(world):
    walked(world, "file")
    towns = [world.units[name] for name in ("longtan", "baishi")]
    with clock_set_to(date(2026, 4, 9)):
        longtan, baishi = town_years(towns, YEAR)
        assert (longtan.lamp.text, longtan.is_filed, longtan.is_overdue) == ("按期公布", True, False)
        assert (baishi.lamp.state, baishi.lamp.text, baishi.is_overdue) == ("late", "逾期 9 日", True)
    filing = Filing.objects.get(filing_kind="decision_catalogue")
    assert filing.due_on == date(2026, 12, 31)
    assert filing.is_on_time


def test_a_street_and_a_town_compile_alike(world):
    journey = begin(world, town="dongcheng", start=START)
    journey.walk("submit")
    assert journey.document.stage == "consent"
