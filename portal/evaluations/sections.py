"""The questionnaire and the findings as parts of the case page of an evaluation."""

from django.urls import reverse

from portal.accounts.authority import may
from portal.consultation.questionnaires import results
from portal.consultation.standing import newest_questionnaire
from portal.evaluations.desks import desk_of
from portal.evaluations.setting import job_of
from portal.moment import today
from portal.web.inside.case_page import Section


def may_work_on(evaluation, person) -> bool:
    """Whether this person may write into it now."""
    return may(person, desk_of(evaluation.kind).authority, evaluation.organisation) and not evaluation.is_closed


def _address(evaluation, page: str, *more: str) -> str:
    return reverse(f"evaluations:{page}", args=[evaluation.public_id, *more])


def questionnaire(evaluation, person) -> dict | None:
    """The questionnaire with its counts; where none is open yet, the way to open one."""
    desk = desk_of(evaluation.kind)
    if not desk.asks_the_public(evaluation):
        return None
    asked = newest_questionnaire(evaluation)
    if asked is None and evaluation.is_planned:
        return None
    is_over = asked is not None and asked.closes_on < today()
    may_write = evaluation.is_under_study and may_work_on(evaluation, person)
    return {
        "questionnaire": asked,
        "results": results(asked) if is_over else None,
        "answers": asked.answers.count() if asked else 0,
        "is_over": is_over,
        # The whole of it: answers in words, prolonging, and publishing what the public was promised to read.
        "page_url": reverse("consultation:staff-questionnaire", args=[evaluation.public_id, asked.number])
        if asked
        else "",
        "open_url": _address(evaluation, "questionnaire") if asked is None and may_write else "",
        "collect_url": _address(evaluation, "results") if is_over and may_write else "",
        "job": job_of(evaluation, desk.results.code),
        "poll_url": _address(evaluation, "paper", desk.results.code),
    }


def findings(evaluation, person) -> dict | None:
    """What was found so far, aspect by aspect."""
    if evaluation.is_planned:
        return None
    may_write = evaluation.is_under_study and may_work_on(evaluation, person)
    return {
        "rows": [
            {"key": label, "lines": getattr(evaluation, name).splitlines(), "value": "尚未填写"}
            for name, label in evaluation.ASPECTS
        ],
        "edit_url": _address(evaluation, "findings") if may_write else "",
    }


QUESTIONNAIRE = Section("evaluations/part_questionnaire.html", questionnaire, anchor="questionnaire")
FINDINGS = Section("evaluations/part_findings.html", findings, anchor="findings")
