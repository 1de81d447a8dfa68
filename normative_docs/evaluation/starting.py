"""Opening an evaluation, and saying which documents are important. Plan and findings: ``portal.evaluations``."""

from django.db import IntegrityError, transaction

from normative_docs.evaluation.due import is_important
from normative_docs.evaluation.models import Evaluation, ImportanceMark
from normative_docs.evaluation.vocabulary import EvaluationKind
from normative_docs.models import Effect, NormativeDocument
from portal.accounts.authority import may
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import Disclosure, FileLink
from portal.evaluations.writing import EvaluationRefused
from portal.moment import today
from portal.workflow.perform import open_file
from portal.workflow.refusals import NotAuthorised

MARKED = verbs.declare("evaluation.marked", "列为重要规范性文件")
UNMARKED = verbs.declare("evaluation.unmarked", "取消重要规范性文件")


def _require_power(by, organisation) -> None:
    if not may(by, "normative_docs.evaluate", organisation):
        raise NotAuthorised("您没有在该机构办理规范性文件评估的权限。")


@transaction.atomic
def start_evaluation(document: NormativeDocument, *, by, kind: EvaluationKind = EvaluationKind.POST) -> Evaluation:
    """Open the evaluation of a document that is in force.

    :raises EvaluationRefused: not public or not in force, or one is under way. :raises NotAuthorised: no such power.
    """
    kind = EvaluationKind(kind)
    _require_power(by, document.organisation)
    if document.published_on is None or document.effect_on() != Effect.IN_FORCE:
        raise EvaluationRefused("只评估已经公布、现行有效的文件。")
    if kind is EvaluationKind.EXPIRY and document.valid_until is None:
        raise EvaluationRefused("文件没有载明有效期，不作到期前评估。")
    public = kind is EvaluationKind.POST
    try:
        with transaction.atomic():
            evaluation = open_file(
                Evaluation, by=by, organisation=document.organisation, handling_unit=document.handling_unit,
                title=f"{kind.label}：{document.title}"[:200], document=document, evaluation_kind=kind,
                disclosure=Disclosure.PROACTIVE if public else Disclosure.ON_REQUEST,
                disclosure_reason="" if public else "到期前评估为文件制定过程材料",
            )  # fmt: skip
    except IntegrityError as running:
        raise EvaluationRefused(f"这件文件的{kind.label}正在办理。") from running
    FileLink.objects.create(source_id=evaluation.pk, target_id=document.pk, kind=FileLink.Kind.RELATED)
    return evaluation


@transaction.atomic
def mark_important(document: NormativeDocument, *, by, reason: str) -> ImportanceMark:
    """List a document as important. :raises EvaluationRefused: no reason, or listed already."""
    _require_power(by, document.organisation)
    if not reason.strip():
        raise EvaluationRefused("请填写列为重要文件的理由。")
    NormativeDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if is_important(document):
        raise EvaluationRefused("这件文件已经是重要文件。")
    mark = ImportanceMark.objects.create(
        document=document, reason=reason.strip()[:300], marked_by=by, marked_on=today()
    )  # fmt: skip
    record(MARKED, by=by, file=document, summary=mark.reason)
    return mark


@transaction.atomic
def unmark_important(document: NormativeDocument, *, by, reason: str) -> None:
    """Take the mark off again. :raises EvaluationRefused: no reason, or no mark."""
    _require_power(by, document.organisation)
    if not reason.strip():
        raise EvaluationRefused("请填写取消的理由。")
    mark = ImportanceMark.objects.select_for_update().filter(document=document).first()
    if mark is None:
        raise EvaluationRefused("这件文件没有列为重要文件。")
    mark.delete()
    record(UNMARKED, by=by, file=document, summary=reason.strip()[:300])
