"""Who answers for a decision for life (国令713 art. 38), and what the decision itself tells of who had a hand in it."""

from collections.abc import Iterator

from decisions.ageing import PENDING
from decisions.models import MajorDecision
from decisions.vocabulary import ExpertView
from decisions.workflow import WORKFLOW
from portal.moment import SHANGHAI, today
from portal.workflow.acts import Act, ActKind, Answerable, answerable, tells


def _overdue(keys) -> dict[int, str]:
    """依法应当及时作出决策而久拖不决 (art. 38): due by law or promise, the day past, nothing decided (S1-14.1b)."""
    late = MajorDecision.objects.filter(pk__in=list(keys), stage__in=PENDING, due_on__lt=today())
    return {pk: f"久拖不决（{due_on:%Y-%m-%d}到期）" for pk, due_on in late.values_list("pk", "due_on")}


ANSWERABLE = answerable(
    Answerable(
        kind=WORKFLOW.code,
        sealed_by=("decide",),
        steps={
            "start": ActKind.DECIDED,
            "decline": ActKind.DECIDED,
            "decide": ActKind.SIGNED,
            "publish": ActKind.PUBLISHED,
            "carry_out_in_confidence": ActKind.DECIDED,
            "suspend": ActKind.DECIDED,
            "resume": ActKind.DECIDED,
            "stop": ActKind.DECIDED,
            "terminate": ActKind.DECIDED,
            "assess_integrity": ActKind.REVIEWED,
        },
        told_elsewhere=("issue_opinion",),
        verbs={"decisions.secrecy_reviewed": ActKind.REVIEWED},
        warnings=_overdue,
    )
)


@tells
def of_decision(file) -> Iterator[Act]:
    """The proposer, departments, experts, assessors, and whoever chose a step by hand."""
    if file.kind != WORKFLOW.code:
        return
    yield Act(
        "proposal", ActKind.PROPOSED, file.proposed_on, f"提出决策建议（{file.get_proposer_kind_display()}）",
        name=file.proposer, words=file.problem, record="决策建议", page="inside:case",
    )  # fmt: skip
    yield from _departments(file)
    yield from _experts(file)
    yield from _assessments(file)
    for choice in file.step_choices.select_related("chosen_by__organisation").order_by("pk"):
        yield Act(
            f"step:{choice.pk}", ActKind.HANDLED, choice.chosen_at.astimezone(SHANGHAI).date(),
            f"人工认定：{choice.get_step_display()}", person=choice.chosen_by,
            view="需要" if choice.is_needed else "不需要", words=choice.reason, record="程序环节认定",
            page="decisions:steps",
        )  # fmt: skip


def _departments(file) -> Iterator[Act]:
    views = {True: "同意", False: "不同意", None: "未答复"}
    for opinion in file.department_opinions.order_by("number"):
        yield Act(
            f"department:{opinion.pk}", ActKind.CONSULTED, opinion.answered_on or opinion.asked_on, "部门协商",
            name=opinion.unit, view=views[opinion.agrees], words=opinion.opinion, dissents=opinion.agrees is False,
            record="部门协商记录", page="decisions:departments",
        )  # fmt: skip


def _experts(file) -> Iterator[Act]:
    rounds = file.argumentations.filter(closed_at__isnull=False)
    for one in rounds.select_related("closed_by__organisation").prefetch_related("opinions").order_by("number"):
        for opinion in one.opinions.all():
            yield Act(
                f"expert:{opinion.pk}", ActKind.ARGUED, opinion.signed_on, f"第 {one.number} 次专家论证",
                name=opinion.name, post=opinion.employer, view=opinion.get_view_display(), words=opinion.opinion,
                dissents=opinion.view == ExpertView.OPPOSES, record="专家论证意见", page="decisions:experts",
            )  # fmt: skip
        yield Act(
            f"argument:{one.pk}", ActKind.ARGUED, one.closed_at.astimezone(SHANGHAI).date(),
            f"第 {one.number} 次专家论证报告入卷", person=one.closed_by, record="专家论证报告",
            page="decisions:experts",
        )  # fmt: skip


def _assessments(file) -> Iterator[Act]:
    for one in file.risk_assessments.select_related("entered_by__organisation").order_by("number"):
        common = {"record": f"第 {one.number} 次风险评估", "page": "decisions:risk"}
        yield Act(
            f"risk:{one.pk}", ActKind.ASSESSED, one.assessed_on, "风险评估", name=one.assessor,
            post=one.get_assessor_kind_display(), view=one.get_level_display(),
            dissents=not one.is_acceptable, **common,
        )  # fmt: skip
        yield Act(
            f"risk:{one.pk}:entered", ActKind.HANDLED, one.entered_at.astimezone(SHANGHAI).date(), "登记风险评估",
            person=one.entered_by, **common,
        )  # fmt: skip
