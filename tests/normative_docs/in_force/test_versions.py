"""The text of every day: versions without gap or overlap, prepared by one and confirmed by another."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from normative_docs.in_force import acts, versions
from normative_docs.in_force.articles import ArticleChange, ChangeKind
from normative_docs.in_force.models import TextVersion
from portal.publishing.copying import CHECKLIST
from tests.normative_docs.in_force.stories import AMENDED, TEXT, existing

ON = date(2026, 4, 1)
ANSWERS = [question.code for question in CHECKLIST]
THIRD = [ArticleChange(ChangeKind.CHANGED, "第三条")]


def amended(world, document, on=ON, articles=THIRD, number="龙政规〔2026〕2号", **more):
    return acts.amend(
        document, by=world["lt_clerk"], on=on, through=None, articles=articles, reason="修改",
        act=acts.OutsideAct("关于修改的决定", number), **more,
    )  # fmt: skip


def test_the_first_version_is_the_published_text(world):
    document = existing(world)
    version = document.text_versions.get()
    assert (version.number, version.text, version.effective_from, version.effective_until) == (
        1, TEXT, date(2024, 5, 1), None,
    )  # fmt: skip


def test_a_confirmed_text_begins_where_the_one_before_ends(world):
    document = existing(world)
    relation = amended(world, document)
    version = versions.prepare(relation, by=world["lt_clerk"], text=AMENDED)
    assert version.is_matching
    versions.confirm(version, by=world["lt_legal"], checklist=ANSWERS)
    first, second = document.text_versions.all()
    assert (first.effective_until, second.effective_from) == (date(2026, 3, 31), ON)
    assert versions.version_on(document, date(2026, 3, 31)) == first
    assert versions.version_on(document, ON) == second
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_nobody_confirms_the_own_text(world):
    version = versions.prepare(amended(world, existing(world)), by=world["lt_legal"], text=AMENDED)
    with pytest.raises(versions.VersionRefused, match="四眼原则"):
        versions.confirm(version, by=world["lt_legal"], checklist=ANSWERS)


def test_a_text_that_differs_elsewhere_needs_a_reason(world):
    relation = amended(world, existing(world))
    other = AMENDED.replace("不得占用通道", "不得占用消防通道")
    with pytest.raises(versions.VersionRefused, match="不逐条相符"):
        versions.prepare(relation, by=world["lt_clerk"], text=other)
    version = versions.prepare(relation, by=world["lt_clerk"], text=other, mismatch_reason="公布时漏字，一并更正")
    assert not version.is_matching
    assert version.check_outcome["unexpected"] == [{"kind": "changed", "label": "第四条"}]


def test_changes_are_consolidated_in_the_order_of_their_days(world):
    document = existing(world)
    first = amended(world, document)
    second = amended(
        world, document, on=date(2026, 6, 1), number="龙政规〔2026〕5号",
        articles=[ArticleChange(ChangeKind.CHANGED, "第四条")],
    )  # fmt: skip
    with pytest.raises(versions.VersionRefused, match="按先后顺序"):
        versions.prepare(second, by=world["lt_clerk"], text=AMENDED.replace("通道", "消防通道"))
    versions.confirm(
        versions.prepare(first, by=world["lt_clerk"], text=AMENDED), by=world["lt_legal"], checklist=ANSWERS
    )
    third = versions.prepare(second, by=world["lt_clerk"], text=AMENDED.replace("通道", "消防通道"))
    assert third.number == 3
    assert third.is_matching


def test_what_was_hidden_once_stays_hidden_and_more_can_be(world):
    document = existing(world)
    text = AMENDED + "\n联系人电话：13800138000，王大山负责。"
    relation = amended(world, document)
    version = versions.prepare(
        relation, by=world["lt_clerk"], text=text, mismatch_reason="附联系方式", hidden_words=["王大山"]
    )
    versions.confirm(version, by=world["lt_legal"], checklist=ANSWERS)
    version.refresh_from_db()
    assert "13800138000" not in version.public_text
    assert "王大山" not in version.public_text
    assert "13800138000" in version.text


def test_a_confirmed_text_cannot_be_changed(world):
    version = existing(world).text_versions.get()
    version.text = "别的"
    with pytest.raises(Exception, match="Cannot update"):
        version.save()


def test_the_database_refuses_overlapping_texts_and_gaps(world):
    document = existing(world)
    relation = amended(world, document)
    common = {
        "document": document, "number": 2, "source": "consolidated", "text": AMENDED, "caused_by": relation,
        "is_matching": True, "prepared_by": world["lt_clerk"], "prepared_at": relation.made_at,
        "confirmed_by": world["lt_legal"], "confirmed_at": relation.made_at, "checklist": ANSWERS,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="versions_do_not_overlap"), transaction.atomic():
        TextVersion.objects.create(effective_from=ON, **common)
    document.text_versions.update(effective_until=date(2026, 3, 1))
    TextVersion.objects.create(effective_from=ON, **common)
    with pytest.raises(Exception, match="leave a gap"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
