"""The county's choices: seen with their history, changed after a preview, never backwards."""

from datetime import timedelta

import pytest
from django.urls import reverse

from normative_docs.models import NormativeDocument
from normative_docs.recording import open_draft
from normative_docs.switches import COMMENCEMENT_GAP
from portal.audit.models import AuditEntry
from portal.moment import today
from portal.organisations import policy
from portal.organisations.models import PolicySetting
from portal.web.office.policy_setting import SettingRefused, governed, set_value

pytestmark = pytest.mark.django_db
CODE = COMMENCEMENT_GAP.code
PAGE = "/county/rules/settings/normative_docs.commencement_gap/"


def open_document(person, title):
    return open_draft(by=person, organisation=person.organisation.town(), title=title, disclosure="proactive")


@pytest.fixture
def supervisor(as_person):
    return as_person("county_supervisor")


@pytest.fixture
def answers(world):
    return {
        "organisation": world.county.pk, "value": "否", "valid_from": today().isoformat(), "basis": "云府〔2026〕3号",
    }  # fmt: skip


def test_every_declared_choice_is_listed_with_its_value_in_force(world, supervisor):
    page = supervisor.get(reverse("office:rules")).content.decode()
    for key in policy.policies.all():
        assert key.label in page
    assert "启用（默认）" in page


def test_the_preview_lists_the_open_files_that_the_switch_reaches_and_writes_nothing(world, supervisor, answers):
    document = open_document(world["lt_clerk"], title="龙潭镇河道采砂管理办法")
    preview = supervisor.post(PAGE, answers)
    assert preview.status_code == 200
    text = preview.content.decode()
    assert document.number in text
    assert "影响到的在办事项" in text
    assert all(gate.label in text for _, _, gate in governed(COMMENCEMENT_GAP))
    assert not PolicySetting.objects.filter(code=CODE).exists()


def test_the_title_of_a_draft_that_was_not_filed_stays_with_the_town(world, supervisor, answers):
    open_document(world["lt_clerk"], title="龙潭镇河道采砂管理办法")
    text = supervisor.post(PAGE, answers).content.decode()
    assert "河道采砂" not in text
    assert "尚未报县的事项" in text


def test_a_town_with_a_value_of_its_own_is_not_reached(world, supervisor, answers):
    open_document(world["lt_clerk"], title="甲办法")
    other = open_document(world["qh_clerk"], title="乙办法")
    set_value(CODE, world.longtan, True, today(), "龙政发〔2026〕1号", by=world["county_supervisor"])
    preview = supervisor.post(PAGE, answers).context["preview"]
    assert [touched.file.number for touched in preview.touched] == [other.number]


def test_a_confirmed_value_holds_from_its_day_and_is_on_record(world, supervisor, answers):
    assert supervisor.post(PAGE, {**answers, "confirmed": "yes"}).url == PAGE
    assert policy.value(CODE, world.longtan, today()) is False
    assert policy.value(CODE, world.longtan, today() - timedelta(days=1)) is True
    entry = AuditEntry.objects.get(verb="policy.changed")
    assert entry.payload["before"] is True
    assert entry.payload["after"] is False
    assert entry.person == world["county_supervisor"]
    assert "云府〔2026〕3号" in supervisor.get(PAGE).content.decode()


def test_a_later_value_ends_the_one_before_and_both_are_kept(world, supervisor, answers):
    set_value(CODE, world.county, False, today(), "甲", by=world["county_supervisor"])
    later = today() + timedelta(days=30)
    set_value(CODE, world.county, True, later, "乙", by=world["county_supervisor"])
    first, second = PolicySetting.objects.filter(code=CODE).order_by("valid_from")
    assert first.valid_until == later - timedelta(days=1)
    assert second.valid_until is None
    assert policy.value(CODE, world.longtan, later) is True


def test_a_value_that_has_not_begun_is_replaced_and_the_record_keeps_it(world):
    by = world["county_supervisor"]
    set_value(CODE, world.county, False, today() + timedelta(days=9), "误填", by=by)
    set_value(CODE, world.county, False, today() + timedelta(days=5), "更正", by=by)
    assert PolicySetting.objects.filter(code=CODE).count() == 1
    entry = AuditEntry.objects.filter(verb="policy.changed").order_by("-id").first()
    assert entry.payload["replaced"][0]["basis"] == "误填"


def test_nothing_is_set_for_days_gone_by(world, supervisor, answers):
    yesterday = today() - timedelta(days=1)
    refused = supervisor.post(PAGE, {**answers, "valid_from": yesterday.isoformat(), "confirmed": "yes"})
    assert refused.status_code == 409
    assert "不能倒改" in refused.content.decode()
    with pytest.raises(SettingRefused):
        set_value(CODE, world.county, False, yesterday, "甲", by=world["county_supervisor"])


def test_a_number_is_a_number(world, supervisor, answers):
    page = reverse("office:rule", args=["accounts.password_days"])
    refused = supervisor.post(page, {**answers, "value": "很多"})
    assert refused.status_code == 422
    assert "请填写非负整数" in refused.content.decode()


def test_an_undeclared_choice_does_not_exist(world, supervisor):
    assert supervisor.get(reverse("office:rule", args=["no.such"])).status_code == 404


@pytest.mark.parametrize("username", ["lt_head", "county_reviewer", "secadmin"])
def test_only_the_supervisor_changes_rules(world, as_person, username, answers):
    assert as_person(username).post(PAGE, {**answers, "confirmed": "yes"}).status_code == 403
    assert not PolicySetting.objects.filter(code=CODE).exists()


def test_all_limits_are_shown_with_citation_and_state(world, supervisor):
    page = supervisor.get(reverse("office:limits"))
    states = {row["state"] for chapter in page.context["chapters"] for row in chapter["rows"]}
    assert states == {"有效", "待核", "未启用"}
    filing = supervisor.get(reverse("office:limits"), {"q": "nd_filing", "state": "active"}).content.decode()
    assert "15日内" in filing
    assert "云溪县地方规则" in filing


def test_the_tree_shows_posts_holders_and_names_of_old(world, as_person, django_assert_max_num_queries):
    client = as_person("county_reviewer")
    with django_assert_max_num_queries(16):
        page = client.get(reverse("office:organisations")).content.decode()
    assert "镇长：杨振华" in page
    assert "县法制办（至 2019-03-31）" in page
    assert page.count("<h2") == 5


def test_the_model_of_the_switch_is_the_one_that_the_preview_asks(world):
    assert {workflow.code for workflow, _, _ in governed(COMMENCEMENT_GAP)} == {NormativeDocument.workflow.code}
