"""Repeal, amend, continue: what happens to the document, its public page and both files."""

from datetime import date

import pytest

from normative_docs.demo import texts
from normative_docs.in_force import acts
from normative_docs.in_force.models import Relation, RelationKind
from normative_docs.models import Effect
from portal.moment import clock_set_to
from portal.notifications.models import Notification
from portal.publishing.register import publication_of
from tests.normative_docs.in_force.stories import about_to_publish, existing

ON = date(2026, 4, 1)


def decision(world, number="龙政规〔2026〕3号", **facts):
    return existing(
        world, title="关于废止部分规范性文件的决定", number=number, issued=date(2026, 3, 1), effective=date(2026, 3, 1),
        until=None, text="根据清理结果，决定。", **facts,
    )  # fmt: skip


def test_a_repeal_ends_the_document_everywhere_from_its_day(world):
    old, new = existing(world), decision(world)
    with clock_set_to(date(2026, 3, 10)):
        relation = acts.repeal(old, by=world["lt_legal"], on=ON, through=new, reason="不再适用")
    old.refresh_from_db()
    assert old.effect_on(date(2026, 3, 31)) == Effect.IN_FORCE
    assert old.effect_on(ON) == Effect.REPEALED
    assert publication_of(old).repealed_on == ON
    assert list(old.relations_in.all()) == [relation]
    assert list(new.relations_out.all()) == [relation]


def test_both_files_remember_and_the_town_is_told_once(world):
    old, new = existing(world), decision(world)
    for _ in range(2):
        acts.repeal(old, by=world["lt_legal"], on=ON, through=new, reason="不再适用")
    assert Relation.objects.count() == 1
    assert old.audit_entries.filter(verb=acts.ENDED).count() == 1
    assert new.audit_entries.filter(verb=acts.ACTED).count() == 1
    assert Notification.objects.filter(reader=world["lt_clerk"], subject__startswith="废止").count() == 1


def test_a_partial_repeal_leaves_the_document_in_force(world):
    old, new = existing(world), decision(world)
    relation = acts.repeal(
        old,
        by=world["lt_legal"],
        on=ON,
        kind=RelationKind.REPEALS_PART,
        through=new,
        reason="与上位法不一致",
        part="第三条",
    )
    old.refresh_from_db()
    assert old.repealed_on is None
    assert relation.articles == [{"kind": "struck", "label": "第三条"}]


def test_one_act_may_end_several(world):
    new = decision(world)
    olds = [existing(world, title=f"第{n}办法", number=f"龙政规〔2024〕{n}号") for n in (1, 2, 3)]
    for old in olds:
        acts.repeal(old, by=world["lt_legal"], on=ON, through=new, reason="清理")
    assert {relation.target_id for relation in new.relations_out.all()} == {old.pk for old in olds}


def test_an_act_from_outside_is_named_by_title_and_number(world):
    old = existing(world)
    act = acts.OutsideAct("县政府关于撤销有关文件的决定", "云政发〔2026〕8号")
    relation = acts.repeal(old, by=None, on=ON, kind=RelationKind.REVOKES, reason="抵触上位法", act=act)
    assert relation.name_of_source == "《县政府关于撤销有关文件的决定》（云政发〔2026〕8号）"


def test_a_second_repeal_by_another_act_is_refused(world):
    old = existing(world)
    acts.repeal(old, by=None, on=ON, reason="清理", act=acts.OutsideAct("甲", "甲1号"))
    with pytest.raises(acts.ActRefused, match="已自 2026-04-01 起废止"):
        acts.repeal(old, by=None, on=date(2026, 5, 1), reason="清理", act=acts.OutsideAct("乙", "乙1号"))


def test_a_draft_ends_nothing_and_cannot_be_ended(world):
    old = existing(world)
    journey = about_to_publish(world, texts.market())
    with pytest.raises(acts.ActRefused, match="尚未公布"):
        acts.repeal(old, by=None, on=ON, through=journey.document, reason="清理")
    with pytest.raises(acts.ActRefused, match="尚未公布"):
        acts.repeal(journey.document, by=None, on=ON, reason="清理")


def test_another_town_cannot_end_it(world):
    old, foreign = existing(world), decision(world, number="清政规〔2026〕1号", town="qinghe")
    with pytest.raises(acts.ActRefused, match="只有原制定机关或者其上级机关"):
        acts.repeal(old, by=None, on=ON, through=foreign, reason="清理")


def test_a_continuation_moves_the_last_day_inside_and_outside(world):
    old = existing(world)
    act = acts.OutsideAct("关于继续施行的通知", "龙政规〔2029〕1号")
    acts.continue_until(
        old, by=None, on=date(2029, 4, 1), valid_until=date(2034, 4, 30), through=None, reason="仍需", act=act
    )
    assert old.valid_until == publication_of(old).ends_on == date(2034, 4, 30)


def test_what_has_lapsed_is_not_continued(world):
    old = existing(world)
    with pytest.raises(acts.ActRefused, match="失效的文件不能延续"):
        acts.continue_until(
            old, by=None, on=date(2029, 5, 1), valid_until=date(2034, 4, 30), through=None, reason="仍需"
        )


def test_the_relation_can_neither_be_changed_nor_deleted(world, as_owner):
    relation = acts.repeal(existing(world), by=None, on=ON, reason="清理")
    relation.reason = "改"
    with pytest.raises(Exception, match="Cannot update"), as_owner():
        relation.save()


def test_a_document_published_anew_takes_the_place_of_the_old_from_its_first_day(world):
    old = existing(world)
    new = existing(
        world, number="龙政规〔2029〕1号", issued=date(2029, 3, 1), effective=date(2029, 4, 1), until=date(2034, 3, 31)
    )
    relation = acts.reissue(old, by=None, through=new)
    assert relation.how is RelationKind.CONTINUES
    assert (old.effect_on(date(2029, 3, 31)), old.effect_on(date(2029, 4, 1))) == (Effect.IN_FORCE, Effect.REPEALED)
