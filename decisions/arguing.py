"""Running an expert argumentation: what it asks, what each expert said, what became of it, the report."""

from django.db import transaction
from django.db.models import Max

from decisions.models import ChosenExpert, ExpertArgumentation, ExpertOpinion, MajorDecision
from decisions.workflow import Stage
from portal.audit import verbs
from portal.audit.record import record
from portal.moment import now
from portal.workflow.refusals import StepRefused

ORGANISED = verbs.declare("decisions.argumentation", "组织专家论证")
SAID = verbs.declare("decisions.expert_opinion", "登记专家意见")
ANSWERED = verbs.declare("decisions.expert_answered", "说明专家意见采纳情况")
CLOSED = verbs.declare("decisions.argumentation_closed", "论证报告入卷")

OPEN_IN = (Stage.DRAFTING, Stage.PARTICIPATION, Stage.ASSESSMENT)


def _arguable(decision: MajorDecision) -> MajorDecision:
    """Locked; :raises StepRefused: not in a stage in which experts are heard."""
    held = MajorDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if held.stage not in OPEN_IN:
        raise StepRefused("专家论证在送合法性审查之前进行，现在不能登记。")
    return held


def open_argumentation(argumentation: ExpertArgumentation) -> ExpertArgumentation:
    """Locked, with its decision; :raises StepRefused: its report is on file, or the stage is past."""
    decision = _arguable(argumentation.decision)
    held = ExpertArgumentation.objects.select_for_update(of=("self",)).get(pk=argumentation.pk)
    held.decision = decision
    if held.is_closed:
        raise StepRefused("论证报告已经入卷，不能再改。")
    return held


@transaction.atomic
def organise(decision: MajorDecision, argumentation: ExpertArgumentation, *, by) -> ExpertArgumentation:
    """Begin an argumentation on the draft as it stands.

    :raises StepRefused: in another stage, without a draft, or while one is still open.
    """
    decision = _arguable(decision)
    if not decision.draft_text:
        raise StepRefused("还没有决策草案，无法论证。")
    if decision.argumentations.filter(closed_at__isnull=True).exists():
        raise StepRefused("上一次论证的报告还没有入卷。")
    last = decision.argumentations.aggregate(last=Max("number"))["last"] or 0
    argumentation.decision, argumentation.number, argumentation.entered_by = decision, last + 1, by
    argumentation.draft_digest = decision.draft_digest()
    argumentation.save()
    record(ORGANISED, by=by, file=decision, summary=f"{argumentation}，{argumentation.get_selection_display()}")
    return argumentation


@transaction.atomic
def enter_opinion(argumentation: ExpertArgumentation, opinion: ExpertOpinion, *, by) -> ExpertOpinion:
    """Keep what a chosen expert (``opinion.chosen``) said and signed.

    :raises StepRefused: the report is on file, the stage is past, or the expert was released.
    """
    argumentation = open_argumentation(argumentation)
    # The row itself: whoever hands the opinion in may have opened the page before the expert was released.
    opinion.chosen = ChosenExpert.objects.select_for_update().get(pk=opinion.chosen_id)
    if opinion.chosen.argumentation_id != argumentation.pk or opinion.chosen.released_at is not None:
        raise StepRefused("这位专家不在本次论证选定的专家之列。")
    last = argumentation.opinions.aggregate(last=Max("number"))["last"] or 0
    opinion.argumentation, opinion.number = argumentation, last + 1
    opinion.save()
    record(
        SAID,
        by=by,
        file=argumentation.decision,
        summary=f"{argumentation}：{opinion.name}，{opinion.get_view_display()}",
    )
    return opinion


@transaction.atomic
def answer(opinion: ExpertOpinion, *, by, outcome: str, words: str, seen: str | None = None) -> ExpertOpinion:
    """Say what became of an expert's opinion, and why. :raises StepRefused: too late, or somebody was faster."""
    argumentation = open_argumentation(opinion.argumentation)
    opinion = ExpertOpinion.objects.select_for_update().get(pk=opinion.pk)
    if seen is not None and seen != opinion.seen:
        raise StepRefused("这条意见刚刚已由他人修改。您填写的内容没有保存，请核对后再改。")
    opinion.outcome, opinion.answer = outcome, words.strip()
    opinion.save(update_fields=["outcome", "answer"])
    record(
        ANSWERED, by=by, file=argumentation.decision,
        summary=f"{argumentation}：{opinion.name}，{opinion.get_outcome_display()}",
    )  # fmt: skip
    return opinion


@transaction.atomic
def close(argumentation: ExpertArgumentation, *, by, report: str) -> ExpertArgumentation:
    """Put the report on file; afterwards nothing of the argumentation changes.

    :raises StepRefused: no opinion, or one without an answer.
    """
    argumentation = open_argumentation(argumentation)
    if not argumentation.opinions.exists():
        raise StepRefused("还没有登记专家意见。")
    silent = [expert.name for expert in argumentation.chosen.filter(released_at__isnull=True, opinion__isnull=True)]
    if silent:
        raise StepRefused(f"{'、'.join(silent)}没有登记意见；不能参加的，请写明原因。")
    left = argumentation.opinions.filter(outcome="").count()
    if left:
        raise StepRefused(f"还有 {left} 位专家的意见没有说明采纳情况。")
    argumentation.report, argumentation.closed_at, argumentation.closed_by = report.strip(), now(), by
    argumentation.save(update_fields=["report", "closed_at", "closed_by"])
    record(CLOSED, by=by, file=argumentation.decision, summary=str(argumentation))
    return argumentation
