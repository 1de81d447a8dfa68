"""A bulletin is composed from the records, frozen when approved, and published with its number."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from portal.bulletins.composing import compose
from portal.bulletins.periods import Span, ended_spans, next_due
from portal.bulletins.writing import digest_of, owed, refresh, remind, start_bulletin, write
from portal.moment import clock_set_to
from portal.publishing.faces import may_prepare, may_review
from portal.publishing.models import Publication
from portal.publishing.rehearsal import reviewed_for_the_public
from portal.workflow.perform import perform
from portal.workflow.refusals import GatesNotMet, NotAuthorised, StepRefused
from tests.portal.bulletins import scenarios
from tests.portal.oversight import filings


def whole(bulletin, code):
    return bulletin.kept()[bulletin.organisation_id, code].value


def test_its_figures_are_those_of_the_records_with_the_files_behind(world):
    filing = filings.recorded(world)
    filings.to_be_corrected(world, "qh")
    filings.prepared(world, title="没有报送的办法")
    bulletin = scenarios.composed(world)
    assert whole(bulletin, "oversight.filed") == 2
    assert whole(bulletin, "oversight.filed_on_time") == 2
    assert whole(bulletin, "oversight.ordered") == 1
    assert whole(bulletin, "oversight.findings_power") == 2
    assert whole(bulletin, "oversight.overdue") == 1
    own = bulletin.kept()[world.longtan.pk, "oversight.filed"]
    assert own.counted == [str(filing.public_id)]
    composition = compose(bulletin)
    assert "报送备案规范性文件2件，其中按期报送2件" in dict(composition.sections)["报送备案情况"]
    assert "《没有报送的办法》（龙潭镇" in composition.overdue[0]
    assert composition.table[0] == ("指标", "白石乡", "东城街道", "龙潭镇", "清河镇", "全县")


def test_what_the_portal_does_not_disclose_is_counted_and_not_named(world):
    filings.prepared(world, title="不公开的事项", disclosure="on_request")
    bulletin = scenarios.composed(world)
    assert whole(bulletin, "oversight.overdue") == 1
    assert compose(bulletin).overdue == ()


def test_a_period_must_have_ended_and_has_one_bulletin(world):
    with clock_set_to(date(2026, 12, 31)), pytest.raises(StepRefused, match="还没有结束"):
        start_bulletin(by=world["county_reviewer"], county=world.county, span=scenarios.SPAN)
    scenarios.composed(world)
    with pytest.raises(StepRefused, match="已经立卷"):
        scenarios.composed(world)
    with clock_set_to(scenarios.DAY), pytest.raises(NotAuthorised):
        start_bulletin(by=world["lt_clerk"], county=world.county, span=Span("year", 2026))


@pytest.mark.full
def test_new_records_change_the_sentences_but_not_the_writers_words(world):
    bulletin = scenarios.composed(world)
    first = bulletin.sections.get(code="filing")
    texts = {"filing": (f"{first.text}\n各单位总体较好。", digest_of(first))}
    with clock_set_to(scenarios.DAY):
        write(bulletin, by=world["county_reviewer"], texts=texts)
        filings.submitted(world)
        with pytest.raises(GatesNotMet, match="数据与记录一致"):
            perform(bulletin, "hand_in", by=world["county_reviewer"])
        assert refresh(bulletin, by=world["county_reviewer"]) > 0
    text = bulletin.sections.get(code="filing").text
    assert "报送备案规范性文件1件" in text
    assert text.endswith("各单位总体较好。")


@pytest.mark.full
def test_sentences_that_were_reworded_ask_to_be_checked(world):
    bulletin = scenarios.composed(world)
    section = bulletin.sections.get(code="filing")
    with clock_set_to(scenarios.DAY):
        write(bulletin, by=world["county_reviewer"], texts={"filing": ("全部改写。", digest_of(section))})
        filings.submitted(world)
        refresh(bulletin, by=world["county_reviewer"])
        section.refresh_from_db()
        assert section.needs_check
        with pytest.raises(GatesNotMet, match="已核对"):
            perform(bulletin, "hand_in", by=world["county_reviewer"])
        write(bulletin, by=world["county_reviewer"], texts={"filing": (section.text, digest_of(section))})
        assert perform(bulletin, "hand_in", by=world["county_reviewer"]).stage == "review"


@pytest.mark.full
def test_of_two_writers_the_second_is_told(world):
    bulletin = scenarios.composed(world)
    seen = digest_of(bulletin.sections.get(code="problems"))
    write(bulletin, by=world["county_reviewer"], texts={"problems": ("甲写的。", seen)})
    with pytest.raises(StepRefused, match="刚刚由他人修改"):
        write(bulletin, by=world["county_supervisor"], texts={"problems": ("乙写的。", seen)})


def test_whoever_hands_it_in_does_not_approve(world):
    bulletin = scenarios.composed(world)
    with clock_set_to(scenarios.DAY):
        bulletin = perform(bulletin, "hand_in", by=world["county_supervisor"])
        with pytest.raises(NotAuthorised, match="须由另一人办理"):
            perform(bulletin, "approve", by=world["county_supervisor"])


def test_approved_figures_and_words_stay_also_in_the_database(world):
    bulletin = scenarios.approved(world)
    filings.submitted(world)
    assert bulletin.changed_figures() == []
    for rows in (bulletin.sections, bulletin.figures):
        with pytest.raises(DatabaseError, match="approved bulletin"), transaction.atomic():
            rows.update(code="other")
    with pytest.raises(StepRefused, match="不能修改"):
        refresh(bulletin, by=world["county_reviewer"])


@pytest.mark.full
def test_a_reopened_bulletin_keeps_its_number(world):
    bulletin = scenarios.approved(world)
    assert bulletin.document_number == "云司备通〔2027〕1号"
    with clock_set_to(scenarios.DAY):
        bulletin = perform(bulletin, "reopen", by=world["county_supervisor"], note="补充数据")
        bulletin = perform(bulletin, "hand_in", by=world["county_reviewer"])
        bulletin = perform(bulletin, "approve", by=world["county_supervisor"])
    assert bulletin.document_number == "云司备通〔2027〕1号"


def test_it_is_set_as_paper_and_published_for_everyone(world, client):
    filings.recorded(world)
    filings.prepared(world, title="没有报送的办法")
    bulletin = scenarios.printed(world)
    assert client.get("/filings/bulletins/").status_code == 200
    with clock_set_to(scenarios.DAY):
        bulletin = perform(bulletin, "publish", by=world["county_reviewer"])
        publication = Publication.objects.get(file_id=bulletin.pk)
        shown = client.get(f"/docs/{publication.year}/{publication.serial}/").content.decode()
        assert bulletin.title in client.get("/filings/bulletins/").content.decode()
    assert bulletin.is_closed
    assert "云司备通〔2027〕1号" in shown
    assert "没有报送的办法" in shown
    assert "及时率" in shown
    assert publication.copy.papers.count() == 1
    assert world["lt_head"].notifications.filter(subject=bulletin.title).exists()


@pytest.mark.full
def test_personal_data_in_it_is_marked_by_one_and_reviewed_by_another_before_it_goes_out(world, client):
    bulletin = scenarios.composed(world)
    section = bulletin.sections.get(code="demands")
    texts = {"demands": ("报备工作的联系电话是13800138000。", digest_of(section))}
    with clock_set_to(scenarios.DAY):
        write(bulletin, by=world["county_reviewer"], texts=texts)
    bulletin = scenarios.printed(world, bulletin)
    with clock_set_to(scenarios.DAY):
        with pytest.raises(GatesNotMet) as refusal:
            perform(bulletin, "publish", by=world["county_reviewer"])
        assert "疑似个人信息须标记，由另一人审查" in refusal.value.missing[0].explain
        reviewed_for_the_public(bulletin, by=world["county_reviewer"], reviewer=world["county_supervisor"])
        perform(bulletin, "publish", by=world["county_reviewer"])
        publication = Publication.objects.get(file_id=bulletin.pk)
        shown = client.get(f"/docs/{publication.year}/{publication.serial}/").content.decode()
    assert "报备工作的联系电话是" in shown
    assert "13800138000" not in shown


def test_the_county_has_no_hand_in_what_a_town_makes_public(world):
    bulletin = scenarios.composed(world)
    town_file = filings.submitted(world).subject
    for person in ("county_reviewer", "county_supervisor"):
        assert may_prepare(world[person], bulletin) or may_review(world[person], bulletin)
        assert not may_prepare(world[person], town_file)
        assert not may_review(world[person], town_file)


@pytest.mark.full
def test_the_next_one_is_due_by_the_countys_setting(world):
    due = next_due(world.county, date(2026, 8, 15))
    assert (due.span.label, due.due_on) == ("2026年上半年", date(2026, 7, 30))
    with clock_set_to(scenarios.DAY):
        assert owed(world.county, scenarios.DAY).span == scenarios.SPAN
        assert remind(scenarios.DAY) == 1
        assert remind(scenarios.DAY) == 0
        perform(scenarios.printed(world), "publish", by=world["county_reviewer"])
        assert owed(world.county, scenarios.DAY) is None


def test_periods_have_their_days_and_names():
    assert (Span("quarter", 2026, 1).first, Span("quarter", 2026, 1).last) == (date(2026, 1, 1), date(2026, 3, 31))
    assert Span("half", 2026, 2).last == date(2026, 12, 31)
    assert Span.of_key("year-2025-1").label == "2025年度"
    assert ended_spans(date(2026, 4, 2))[0].label == "2026年第一季度"
    with pytest.raises(ValueError, match="no part 3"):
        Span("half", 2026, 3)
