"""The report of an evaluation before expiry goes into the draft that continues the document."""

from normative_docs.evaluation.models import Evaluation
from normative_docs.evaluation.vocabulary import EvaluationKind
from normative_docs.gates import EXPIRY_ASSESSMENT
from normative_docs.models import NormativeDocument
from normative_docs.workflow import Stage
from portal.documents.attach import attach_version
from portal.documents.papers import missing_papers
from portal.workflow.perform import follow


def hand_to_continuation(evaluation: Evaluation, *, by) -> NormativeDocument | None:
    """Lay the report into the continuing draft, where there is one; ``None`` where there isn't."""
    if evaluation.evaluation_kind != EvaluationKind.EXPIRY or evaluation.report_id is None:
        return None
    draft = evaluation.document.continued_by.exclude(stage=Stage.TERMINATED).filter(closed_on__isnull=True).first()
    if draft is None:
        return None
    attach_version(draft, EXPIRY_ASSESSMENT.code, evaluation.report, by)
    return draft


@follow
def give_to_new_continuation(file, taken) -> None:
    """A continuation that is opened after the evaluation finds its report at hand."""
    if taken is not None or not isinstance(file, NormativeDocument) or file.continues_id is None:
        return
    evaluation = (
        Evaluation.objects.filter(
            document=file.continues_id, evaluation_kind=EvaluationKind.EXPIRY, report__isnull=False
        )
        .select_related("report__blob", "report__document", "decided_by")
        .order_by("-pk")
        .first()
    )
    if evaluation is not None and missing_papers(file, [EXPIRY_ASSESSMENT]):
        attach_version(file, EXPIRY_ASSESSMENT.code, evaluation.report, file.opened_by)
