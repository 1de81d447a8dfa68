"""What people write into an evaluation: its plan, and its findings aspect by aspect."""

from hashlib import sha256

from django.db import transaction

from portal.audit import verbs
from portal.audit.record import record
from portal.workflow.refusals import StepRefused

PLANNED = verbs.declare("evaluation.planned", "填写评估方案")
WRITTEN = verbs.declare("evaluation.written", "填写评估意见")


class EvaluationRefused(StepRefused):
    """The evaluation can't be opened or changed now; the message says why, in Chinese."""


def held(evaluation):
    """The evaluation as it stands, locked until the transaction ends."""
    rows = type(evaluation).objects.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=evaluation.pk)


@transaction.atomic
def save_plan(evaluation, *, by, **plan):
    """Write who evaluates, how, whom is asked and until when. :raises EvaluationRefused: past planning."""
    file = held(evaluation)
    if not file.is_planned:
        raise EvaluationRefused("评估已经开始；要改方案，先办理“修改方案”。")
    for name in file.PLAN:
        setattr(file, name, plan[name])
    file.save(update_fields=file.PLAN)
    record(PLANNED, by=by, file=file, summary=file.plan_words[:300])
    return file


@transaction.atomic
def save_findings(evaluation, *, by, seen: str, **findings):
    """Write what was found, aspect by aspect.

    :param seen: :func:`findings_digest` as the person saw them.
    :raises EvaluationRefused: not under study, or somebody else wrote meanwhile.
    """
    file = held(evaluation)
    if not file.is_under_study:
        raise EvaluationRefused("只有在调查评估阶段才能填写评估意见。")
    if seen != findings_digest(file):
        raise EvaluationRefused("评估意见刚刚已由他人修改。您填写的内容仍在下面，请核对后再保存。")
    names = [name for name, _ in file.ASPECTS]
    for name in names:
        setattr(file, name, findings[name].strip())
    file.save(update_fields=names)
    record(WRITTEN, by=by, file=file, summary="、".join(label for name, label in file.ASPECTS if getattr(file, name)))
    return file


def findings_digest(evaluation) -> str:
    """Digest of the findings as they stand, to notice that somebody else changed them meanwhile."""
    return sha256("\x1f".join(getattr(evaluation, name) for name, _ in evaluation.ASPECTS).encode()).hexdigest()


def not_written(evaluation) -> list[str]:
    """Labels of the aspects that nobody has written about yet."""
    return [label for name, label in evaluation.ASPECTS if not getattr(evaluation, name).strip()]
