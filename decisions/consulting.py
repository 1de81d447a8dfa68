"""Departments and lower bodies are asked about the draft; dissent is kept with the drafter's reasons (art. 13)."""

from django.db import transaction
from django.db.models import Max

from decisions.models import DepartmentOpinion, MajorDecision
from portal.audit import verbs
from portal.audit.record import record
from portal.workflow.refusals import StepRefused

ENTERED = verbs.declare("decisions.department_opinion", "登记部门意见")


@transaction.atomic
def enter_opinion(
    decision: MajorDecision, opinion: DepartmentOpinion, *, by, seen: str | None = None
) -> DepartmentOpinion:
    """Keep what a department said; ``opinion`` is a new row or a changed one, filled and cleaned by its form.

    :param seen: ``opinion.seen`` as the person saw it; another text since then is a conflict.
    :raises StepRefused: the draft is past the departments' part, or somebody was faster.
    """
    held = MajorDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if not held.is_editable:
        raise StepRefused("草案已经提交集体讨论，不能再登记部门意见。")
    if opinion.pk is None:
        last = held.department_opinions.aggregate(last=Max("number"))["last"] or 0
        opinion.decision, opinion.number, opinion.entered_by = held, last + 1, by
    else:
        stored = DepartmentOpinion.objects.select_for_update().get(pk=opinion.pk)
        if seen is not None and seen != stored.seen:
            raise StepRefused("这条意见刚刚已由他人修改。您填写的内容没有保存，请核对后再改。")
    opinion.save()
    said = {True: "同意", False: "不同意"}.get(opinion.agrees, "尚未答复")
    record(ENTERED, by=by, file=decision, summary=f"{opinion.unit}：{said}")
    return opinion
