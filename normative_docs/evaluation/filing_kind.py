"""Reports of post-evaluation are filed with the county's legal body (K3)."""

from normative_docs.evaluation.gates import BASIS, FILING
from normative_docs.evaluation.models import Evaluation
from portal.documents.rendering.paper import chinese_date
from portal.documents.slots import PaperSlot, register_slots
from portal.oversight.kinds import FilingKind, filing_kinds

COVER = PaperSlot("fe_report", "备案报告", BASIS)
TEXT = PaperSlot("fe_text", "评估报告", BASIS)
PAPERS = register_slots(COVER, TEXT)


def _evaluation(subject) -> Evaluation:
    return Evaluation.objects.select_related("document", "report__blob", "report__document").get(pk=subject.pk)


def collect(subject, by) -> dict:
    """The report as it was decided."""
    report = _evaluation(subject).report
    return {TEXT.code: report} if report is not None else {}


def account(subject) -> str:
    """How the evaluation was carried out, for the covering report."""
    evaluation = _evaluation(subject)
    return (
        f"一、评估对象\n《{evaluation.document.title}》，{chinese_date(evaluation.document.published_on)}公布。\n"
        f"二、评估方法\n{evaluation.method_words}。\n"
        f"三、评估结论\n{evaluation.get_outcome_display()}。{evaluation.outcome_reason}"
    )


EVALUATION_REPORT = filing_kinds.register(
    FilingKind(
        code=FILING,
        label="规范性文件后评估报告备案",
        basis=BASIS,
        recipient="县级法制机构",
        papers=PAPERS,
        receipt_series="评备",
        report=COVER.code,
        text=TEXT.code,
        number=lambda subject: _evaluation(subject).document.document_number,
        account=account,
        collect=collect,
    )
)
