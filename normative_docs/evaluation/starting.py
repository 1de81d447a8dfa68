"""Opening an evaluation, writing its plan and findings, and asking the public."""

from datetime import date
from hashlib import sha256

from django.db import IntegrityError, transaction

from normative_docs.evaluation.due import is_important
from normative_docs.evaluation.effects import ask_for_paper
from normative_docs.evaluation.gates import RESULTS, asks_the_public
from normative_docs.evaluation.models import Evaluation, ImportanceMark
from normative_docs.evaluation.vocabulary import EvaluationKind
from normative_docs.models import Effect, NormativeDocument
from portal.accounts.authority import may
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import Disclosure, FileLink
from portal.consultation.models import Question, Questionnaire
from portal.consultation.questionnaires import Asked, open_questionnaire
from portal.consultation.standing import newest_questionnaire
from portal.moment import today
from portal.workflow.perform import open_file
from portal.workflow.refusals import NotAuthorised, StepRefused

MARKED = verbs.declare("evaluation.marked", "列为重要规范性文件")
UNMARKED = verbs.declare("evaluation.unmarked", "取消重要规范性文件")
PLANNED = verbs.declare("evaluation.planned", "填写评估方案")
WRITTEN = verbs.declare("evaluation.written", "填写评估意见")

PLAN_FIELDS = ("methods", "team", "respondents", "finish_by")
FINDING_FIELDS = tuple(name for name, _ in Evaluation.ASPECTS)


class EvaluationRefused(StepRefused):
    """The evaluation can't be opened or changed now; the message says why, in Chinese."""


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


def _held(evaluation: Evaluation) -> Evaluation:
    return Evaluation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=evaluation.pk)


@transaction.atomic
def save_plan(evaluation: Evaluation, *, by, **plan) -> Evaluation:
    """Write who evaluates, how, whom is asked and until when. :raises EvaluationRefused: past planning."""
    held = _held(evaluation)
    if not held.is_planned:
        raise EvaluationRefused("评估已经开始；要改方案，先办理“修改方案”。")
    for name in PLAN_FIELDS:
        setattr(held, name, plan[name])
    held.save(update_fields=PLAN_FIELDS)
    record(PLANNED, by=by, file=held, summary=f"{held.method_words}；{held.team}"[:300])
    return held


@transaction.atomic
def save_findings(evaluation: Evaluation, *, by, seen: str, **findings) -> Evaluation:
    """Write what was found, aspect by aspect.

    :param seen: :func:`findings_digest` as the person saw them.
    :raises EvaluationRefused: not under study, or somebody else wrote meanwhile.
    """
    held = _held(evaluation)
    if not held.is_under_study:
        raise EvaluationRefused("只有在调查评估阶段才能填写评估意见。")
    if seen != findings_digest(held):
        raise EvaluationRefused("评估意见刚刚已由他人修改。您填写的内容仍在下面，请核对后再保存。")
    for name in FINDING_FIELDS:
        setattr(held, name, findings[name].strip())
    held.save(update_fields=FINDING_FIELDS)
    record(WRITTEN, by=by, file=held, summary="、".join(label for name, label in held.ASPECTS if getattr(held, name)))
    return held


def findings_digest(evaluation: Evaluation) -> str:
    """Digest of the findings as they stand, to notice that somebody else changed them meanwhile."""
    return sha256("\x1f".join(getattr(evaluation, name) for name in FINDING_FIELDS).encode()).hexdigest()


def usual_questions(document: NormativeDocument) -> list[Asked]:
    """The questions that every post-evaluation asks the public."""
    kind = Question.Kind
    return [
        Asked("您的身份", kind.SINGLE, ("本地居民", "企业或者个体工商户", "村（社区）工作人员", "其他")),
        Asked(f"您是否了解《{document.title[:100]}》", kind.SINGLE, ("了解", "听说过", "不了解")),
        Asked("这件文件的规定是否清楚、便于遵守", kind.SCALE),
        Asked("这件文件的实施效果", kind.SCALE),
        Asked(
            "您认为存在哪些问题", kind.MULTIPLE,
            ("没有问题", "规定不够具体", "办理不便", "执行不到位", "与实际情况不符", "加重负担"),
        ),
        Asked("您认为这件文件应当", kind.SINGLE, ("继续执行", "修改后执行", "废止", "说不清")),
        Asked("其他意见和建议", kind.TEXT, required=False),
    ]  # fmt: skip


def ask_the_public(evaluation: Evaluation, *, by, opens_on: date, closes_on: date) -> Questionnaire:
    """Open the usual questionnaire about the document. :raises EvaluationRefused: not planned so, or one is open."""
    if not evaluation.is_under_study or not asks_the_public(evaluation):
        raise EvaluationRefused("方案没有安排网上问卷，或者评估没有开始。")
    if newest_questionnaire(evaluation) is not None:
        raise EvaluationRefused("这次评估已经发布过问卷。")
    document = evaluation.document
    return open_questionnaire(
        evaluation, by=by, title=f"《{document.title}》实施情况调查"[:200],
        purpose=f"{document.issuing_authority.name}正在对《{document.title}》开展{evaluation.get_evaluation_kind_display()}，"
        "了解实施情况，听取意见。问卷不记名，结果载入评估报告并公开。",
        questions=usual_questions(document), opens_on=opens_on, closes_on=closes_on,
        contact_unit=evaluation.organisation.name, contact_phone=evaluation.organisation.contact,
    )  # fmt: skip


def put_results_on_file(evaluation: Evaluation, *, by):
    """Have the results of the questionnaire set as a paper of the file. :raises EvaluationRefused: still open."""
    questionnaire = newest_questionnaire(evaluation)
    if questionnaire is None or questionnaire.closes_on >= today():
        raise EvaluationRefused("问卷没有发布，或者还没有截止。")
    if evaluation.is_closed:
        raise EvaluationRefused("案卷已经办结，不能再收入材料。")
    return ask_for_paper(evaluation, RESULTS, by)
