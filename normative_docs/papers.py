"""What goes upward with a normative document: the draft for pre-check where the region asks for it (K11), and after
publication the filing (K2), four papers and the legality opinion, within fifteen days."""

from django.utils.timezone import localdate

from normative_docs import time_limits
from normative_docs.gates import BASIS_TEXTS, DRAFT, FINAL_TEXT, NOTES, PRECHECK
from normative_docs.models import NormativeDocument
from normative_docs.vocabulary import PRECHECK_REQUEST
from normative_docs.workflow import Stage
from portal.county_requests.kinds import RequestKind, register_kind
from portal.documents.models import DocumentVersion
from portal.documents.papers import newest_papers
from portal.documents.rendering.paper import chinese_date
from portal.documents.slots import PaperSlot, register_slots
from portal.oversight.kinds import FilingKind, filing_kinds
from portal.workflow.perform import perform

_BASIS = "法治政府建设工作计划（规范性文件备案：备案报告、正式文本、制定说明、制定依据）"

REPORT = PaperSlot("fl_report", "备案报告", _BASIS)
TEXT = PaperSlot("fl_text", "正式文本", _BASIS)
MAKING = PaperSlot("fl_notes", "制定说明", _BASIS)
BASIS = PaperSlot("fl_basis", "制定依据", _BASIS)


def _was_reviewed(filing) -> bool:
    """The opinion goes along wherever one was given; existing documents of earlier years may have none."""
    return NormativeDocument.objects.filter(pk=filing.subject_id, lawful_review__isnull=False).exists()


OPINION = PaperSlot("fl_opinion", "合法性审核意见", "国办发〔2018〕115号", applies=_was_reviewed)
CHECKED_DRAFT = PaperSlot("np_draft", "规范性文件草案", PRECHECK.basis)
CHECKED_NOTES = PaperSlot("np_notes", "起草说明", PRECHECK.basis)
CHECKED_BASIS = PaperSlot("np_basis", "制定依据", PRECHECK.basis)
PRECHECK_KIND = register_kind(
    RequestKind(
        code=PRECHECK_REQUEST,
        label="规范性文件草案预审",
        basis=PRECHECK.basis,
        papers=register_slots(CHECKED_DRAFT, CHECKED_NOTES, CHECKED_BASIS),
        reply_slot=PRECHECK,
        collect=lambda subject: newest_papers(
            subject,
            {DRAFT.code: CHECKED_DRAFT.code, NOTES.code: CHECKED_NOTES.code, BASIS_TEXTS.code: CHECKED_BASIS.code},
        ),
        digest=lambda subject: _document(subject).draft_digest(),
    )
)
FILING_PAPERS = register_slots(REPORT, TEXT, MAKING, BASIS, OPINION)

# Where the paper lies in the document's own file. The legal office's letter is the last one it issued.
_FROM = {
    FINAL_TEXT.code: TEXT.code,
    NOTES.code: MAKING.code,
    BASIS_TEXTS.code: BASIS.code,
    "lr_opinion_letter": OPINION.code,
}


def collect(subject, by) -> dict[str, DocumentVersion]:
    """The papers of the document's file that belong to the filing, each in its newest version."""
    return newest_papers(subject, _FROM)


def _document(subject) -> NormativeDocument:
    return NormativeDocument.objects.select_related("organisation", "lawful_review").get(pk=subject.pk)


def number(subject) -> str:
    return _document(subject).document_number


def account(subject) -> str:
    """How the document came about, for the covering report."""
    document = _document(subject)
    lines = [f"一、制定依据\n{document.legal_basis}"]
    steps = ["依法公开征求意见"]
    if document.lawful_review is not None:
        steps.append(f"经合法性审核（{chinese_date(localdate(document.lawful_review.concluded_at))}）")
    steps.append("经集体讨论决定")
    lines.append("二、制定程序\n该文件" + "，".join(steps) + "。")
    facts = []
    if document.issued_on:
        facts.append(f"{chinese_date(document.issued_on)}印发")
    if document.published_on:
        facts.append(f"{chinese_date(document.published_on)}公布")
    if document.effective_on:
        facts.append(f"自{chinese_date(document.effective_on)}起施行")
    if document.valid_until:
        facts.append(f"有效期至{chinese_date(document.valid_until)}")
    lines.append("三、公布和施行\n该文件" + "，".join(facts) + "。")
    return "\n".join(lines)


def concluded(filing) -> None:
    """The document's own way ends with its filing (备案完成). A document that waits for nothing is left alone."""
    document = _document(filing.subject)
    if document.stage == Stage.FILING:
        perform(document, "confirm_filing", by=None)


NORMATIVE_DOCUMENT = filing_kinds.register(
    FilingKind(
        code="normative_document",
        label="行政规范性文件备案",
        basis="国办发〔2018〕37号；云溪县行政规范性文件备案审查办法（地方示例）",
        recipient="县级人民政府",
        papers=FILING_PAPERS,
        clock=time_limits.FILING,
        review_clock=time_limits.FILING_REVIEW,
        correction_clock=time_limits.FILING_CORRECT,
        receipt_series="备",
        report=REPORT.code,
        text=TEXT.code,
        number=number,
        account=account,
        collect=collect,
        concluded=concluded,
        rates=(
            "normative_docs.filing_rate", "normative_docs.timeliness_rate", "normative_docs.conformity_rate",
        ),
        in_directory=True,
    )
)  # fmt: skip
