"""Holding somebody to account (追责): the county enters what was found and decided; nothing is ever changed."""

from django.db import transaction

from portal.accounts.authority import may
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import CaseFile
from portal.casefiles.numbering import allocate
from portal.moment import now, today
from portal.oversight.accountability.law import Ground, Responsibility
from portal.oversight.accountability.models import AccountabilityCase, SealedAct
from portal.oversight.accountability.scope import OPEN
from portal.oversight.accountability.sealing import seal
from portal.workflow.acts import ActKind
from portal.workflow.refusals import NotAuthorised, StepRefused

HELD = verbs.declare("accountability.held", "登记责任追究")
CORRECTED = verbs.declare("accountability.corrected", "更正责任追究记录")
SERIES = "accountability"


class CaseRefused(StepRefused):
    """It can't be entered; the message says why, in Chinese."""


@transaction.atomic
def hold_to_account(file, *, by, act_key: str, **facts) -> AccountabilityCase:
    """Enter that somebody answers for an act on this file. What was not sealed yet is sealed first.

    :param act_key: the act (``Act.key``) for which. :param facts: the fields of the record.
    :raises NotAuthorised: not of the county over this organisation. :raises CaseRefused: no such act, a day that lies
        ahead or before the act, or a ground that does not fit the person.
    """
    if not may(by, OPEN, file.organisation):
        raise NotAuthorised("责任追究由县级登记，您没有这项权限。")
    seal(file, by=by, occasion="责任倒查")
    act = SealedAct.objects.filter(file_id=file.pk, key=act_key).first()
    if act is None:
        raise CaseRefused("责任链中没有所选的行为，请重新选择。")
    _fits(act, facts)
    case = _written(act, by=by, **facts)
    record(HELD, by=by, file=file, summary=_summary(case), payload={"case": str(case.public_id), "act": act.pk})
    return case


@transaction.atomic
def correct(case: AccountabilityCase, *, by, reason: str, **facts) -> AccountabilityCase:
    """Enter the record anew where it was wrong; the first one stays and says by which it was replaced.

    :raises NotAuthorised: see above. :raises CaseRefused: replaced already, no reason, or facts that don't fit.
    """
    # The table only grows, and nobody may lock its rows: two who correct at once meet at the file.
    CaseFile.objects.select_for_update(no_key=True).only("pk").get(pk=case.file_id)
    held = AccountabilityCase.objects.select_related("act", "file__organisation", "organisation").get(pk=case.pk)
    if not may(by, OPEN, held.organisation):
        raise NotAuthorised("责任追究由县级登记，您没有这项权限。")
    if AccountabilityCase.objects.filter(replaces=held).exists():
        raise CaseRefused("这条记录已经更正，请在更正后的记录上办理。")
    if not reason.strip():
        raise CaseRefused("请写明更正理由。")
    _fits(held.act, facts)
    new = _written(held.act, by=by, replaces=held, replace_reason=reason.strip(), **facts)
    record(
        CORRECTED, by=by, file=held.file, summary=f"{held.number} 更正为 {_summary(new)}",
        payload={"case": str(new.public_id), "replaces": str(held.public_id)},
    )  # fmt: skip
    return new


def _fits(act: SealedAct, facts: dict) -> None:
    if facts["decided_on"] > today():
        raise CaseRefused("处理日期不能晚于今天。")
    if facts["decided_on"] < act.acted_on:
        raise CaseRefused("处理日期不能早于行为发生的日期。")
    outside = act.kind in (ActKind.ARGUED, ActKind.ASSESSED)
    if facts["ground"] == Ground.EXPERT and not outside:
        raise CaseRefused("第四十一条适用于承担论证评估工作的专家、机构，所选的行为不是论证评估。")
    if facts["responsibility"] == Responsibility.EXPERT and facts["ground"] != Ground.EXPERT:
        raise CaseRefused("专家、机构的责任适用第四十一条，请核对追责情形。")


def _written(act: SealedAct, *, by, **facts) -> AccountabilityCase:
    day = today()
    county = act.organisation.county()
    dissented = SealedAct.objects.filter(file_id=act.file_id, kind=ActKind.SPOKE, dissents=True)
    same = dissented.filter(person=act.person_id) if act.person_id else dissented.filter(name=act.name)
    return AccountabilityCase.objects.create(
        number=f"责任追究〔{day.year}〕{allocate(county, SERIES, day.year)}号", file_id=act.file_id,
        organisation_id=act.organisation_id, act=act, had_dissented=same.exists(), entered_by=by, entered_at=now(),
        **facts,
    )  # fmt: skip


def _summary(case: AccountabilityCase) -> str:
    return f"{case.number}：{case.get_ground_display()}，{case.get_result_display()}"
