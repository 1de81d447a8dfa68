"""The demo county: a document in every stage, limits near and past, the people of the manual, two annual reports."""

from datetime import date

import pytest

from decisions.models import MajorDecision
from decisions.workflow import Stage as DecisionStage
from normative_docs.models import NormativeDocument
from normative_docs.workflow import Stage
from portal.accounts.authority import may
from portal.accounts.models import Person
from portal.accounts.roles import ROLES, Sight
from portal.casefiles.models import CaseFile
from portal.deadlines.lamps import lamp_of
from portal.deadlines.models import Deadline
from portal.demo.building import build
from portal.indicators.registry import Scope, indicators
from portal.meetings.models import Meeting
from portal.moment import clock_set_to
from portal.reports.composing import compose
from portal.reports.models import AnnualReport
from portal.workflow.models import TransitionRecord
from tests.demo.facts import visible_facts
from tests.demo_county import DEMO_DAY
from tests.ground import PASSWORD

ACCOUNTS = {
    "lt_clerk": ("clerk", "longtan"), "lt_legal": ("legal_reviewer", "longtan"), "lt_head": ("head", "longtan"),
    "qh_clerk": ("clerk", "qinghe"), "qh_legal": ("legal_reviewer", "qinghe"), "qh_head": ("head", "qinghe"),
    "lt_village01": ("village_informant", "longtan-village-1"), "lt_mediator": ("mediator", "longtan"),
    "county_reviewer": ("filing_reviewer", "yunxi"), "county_supervisor": ("supervisor", "yunxi"),
    "sysadmin": ("system_administrator", "yunxi-justice"), "secadmin": ("security_administrator", "yunxi-justice"),
    "auditor": ("audit_administrator", "yunxi-justice"),
}  # fmt: skip
ADMINISTRATORS = ("sysadmin", "secadmin", "auditor")


@pytest.fixture(autouse=True)
def seen_from_the_day(county, db):
    with clock_set_to(DEMO_DAY):
        yield


def lamps():
    return {lamp_of(deadline, DEMO_DAY).state for deadline in Deadline.objects.all()}


def test_there_is_a_document_in_every_stage():
    assert set(NormativeDocument.objects.values_list("stage", flat=True)) == set(Stage.values)


def test_there_is_a_decision_in_every_stage():
    assert set(MajorDecision.objects.values_list("stage", flat=True)) == set(DecisionStage.values)


def test_some_limits_are_near_and_some_are_past():
    assert {"late", "soon", "fine", "done"} <= lamps()


def test_nothing_happens_after_the_day():
    assert not CaseFile.objects.filter(opened_on__gt=DEMO_DAY).exists()
    assert not Meeting.objects.filter(held_on__gt=DEMO_DAY).exists()
    assert not TransitionRecord.objects.filter(occurred_at__date__gt=DEMO_DAY).exists()


@pytest.mark.parametrize("username", ACCOUNTS)
def test_the_account_has_the_password_and_its_one_role(username):
    person = Person.objects.get(username=username)
    assert person.check_password(PASSWORD)
    assert person.is_demo
    assert [(one.role, one.organisation.code) for one in person.current_roles()] == [ACCOUNTS[username]]


@pytest.mark.parametrize("username", ADMINISTRATORS)
def test_administrators_see_no_business_data(username):
    person = Person.objects.get(username=username)
    assert all(ROLES[one.role].sight == Sight.NOTHING for one in person.current_roles())
    assert not CaseFile.objects.visible_to(person).exists()
    assert not Meeting.objects.visible_to(person).exists()
    assert not may(person, "casefiles.see")


def test_the_year_2021_has_the_meetings_that_the_town_reported(county):
    scope = Scope.of_year(county.longtan, 2021)
    values = {
        code: indicators[code].compute(scope).value
        for code in ("meetings.special_study", "meetings.rule_of_law_work", "meetings.mediation_rally")
    }
    assert list(values.values()) == [2, 1, 1]
    assert indicators["meetings.special_study"].compute(Scope.of_year(county.longtan, DEMO_DAY.year)).value == 1


def test_the_report_on_2021_was_published_in_time_and_holds_its_figures(county):
    report = AnnualReport.objects.get(town=county.longtan, year=2021)
    assert (report.stage, report.published_on) == ("published", date(2022, 2, 25))
    assert set(report.deadlines.values_list("state", "finished_late_by")) == {("met", 0)}
    assert report.final_pdf_id
    assert report.final_docx_id
    composed = compose(county.longtan, 2021)
    study = next(figure for figure in composed.figures if figure.code == "meetings.special_study")
    assert (study.value, len(study.records)) == (2, 2)
    assert not report.changed_figures()
    assert all(section.text or section.heading_only for section in composed.sections)


def test_last_years_report_is_being_written(county):
    report = AnnualReport.objects.get(town=county.longtan, year=DEMO_DAY.year - 1)
    texts = report.sections.exclude(code__in=("measures", "other")).values_list("text", flat=True)
    assert report.stage == "drafting"
    assert any(texts)
    assert not all(texts)


def test_built_again_it_changes_nothing(county):
    before = visible_facts()
    assert build(DEMO_DAY, PASSWORD) is None
    assert visible_facts() == before
