"""The form check is gone through line by line; what fails fills the notice of return."""

import pytest
from django.urls import reverse

from portal.organisations.models import PolicySetting
from portal.oversight.form_check import keep, lines_of, return_reason
from portal.oversight.forms import ReturnForm
from portal.oversight.gates import FORM_CHECK_REQUIRED
from portal.workflow.forms import step_form_class
from portal.workflow.perform import perform
from portal.workflow.refusals import GatesNotMet, StepRefused
from tests.portal.oversight import filings


def page(filing) -> str:
    return reverse("oversight:form-check", kwargs={"public_id": filing.public_id})


def all_good(filing) -> dict:
    return {line.question.code: ("good", "") for line in lines_of(filing)}


def test_each_needed_paper_and_each_fact_across_them_is_one_line(world, as_person):
    filing = filings.submitted(world)
    labels = [line.question.label for line in lines_of(filing)]
    assert labels[:4] == ["备案报告", "正式文本", "制定说明", "制定依据"]
    assert "电子文本与纸质文本一致" in labels
    shown = as_person("county_reviewer").get(page(filing)).content.decode()
    assert all(label in shown for label in labels)


def test_what_failed_is_said_at_once_in_the_notice(world, as_person):
    filing = filings.submitted(world)
    county = as_person("county_reviewer")
    typed = {
        "result-dates": "bad", "note-dates": "没有载明公布日期。", "result-same": "bad", "note-same": "",
        "result-number": "good",
    }  # fmt: skip
    assert county.post(page(filing), typed).status_code == 302
    assert return_reason(filing) == "1．没有载明公布日期。\n2．电子文本与纸质文本不一致，请重新报送。"
    step = filing.workflow.transition("return_papers")
    form = step_form_class(step)(step=step, file=filing, person=world["county_reviewer"])
    assert isinstance(form, ReturnForm)
    assert form.fields["reason"].initial == return_reason(filing)
    shown = county.get(f"/staff/cases/{filing.public_id}/transitions/return_papers/").content.decode()
    assert "没有载明公布日期。" in shown


def test_nothing_chosen_is_told(world, as_person):
    answer = as_person("county_reviewer").post(page(filings.submitted(world)), {})
    assert answer.status_code == 422
    assert "请至少选择一项的结果" in answer.content.decode()


def test_what_failed_stands_in_the_way_of_acceptance(world):
    filing = filings.submitted(world)
    keep(filing, by=world["county_reviewer"], answers={"dates": ("bad", "")})
    with pytest.raises(GatesNotMet, match="形式审查没有不符合项"):
        perform(filing, "accept", by=world["county_reviewer"])


def test_a_filing_that_comes_back_is_checked_anew(world):
    filing = filings.submitted(world)
    reviewer = world["county_reviewer"]
    keep(filing, by=reviewer, answers={"dates": ("bad", "")})
    filing = perform(filing, "return_papers", by=reviewer, data={"reason": return_reason(filing), "until": None})
    filing = perform(filing, "submit", by=world["lt_clerk"])
    assert return_reason(filing) == ""
    assert filing.form_check.filter(round=1).count() == 1
    assert perform(filing, "accept", by=reviewer).receipt_number


def test_a_region_may_ask_for_the_whole_list(world):
    PolicySetting.objects.create(
        organisation=world.county, code=FORM_CHECK_REQUIRED.code, value=True, valid_from="2020-01-01",
        basis="地方示例", set_by_name="韩梅",
    )  # fmt: skip
    filing = filings.submitted(world)
    with pytest.raises(GatesNotMet):
        perform(filing, "accept", by=world["county_reviewer"])
    keep(filing, by=world["county_reviewer"], answers=all_good(filing))
    assert perform(filing, "accept", by=world["county_reviewer"]).receipt_number


def test_after_the_form_check_the_list_stays_as_it_is(world, as_person):
    filing = filings.accepted(world)
    with pytest.raises(StepRefused, match="形式审查环节"):
        keep(filing, by=world["county_reviewer"], answers={"dates": ("bad", "")})
    assert as_person("county_reviewer").post(page(filing), {"result-dates": "bad"}).status_code == 409


def test_the_supervisor_reads_but_does_not_check(world, as_person):
    filing = filings.submitted(world)
    county = as_person("county_supervisor")
    assert county.get(page(filing)).status_code == 200
    assert county.post(page(filing), {"result-dates": "bad"}).status_code == 403
