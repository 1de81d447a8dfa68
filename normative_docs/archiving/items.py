"""The checklist of a document's folder by its facts: what was not reached yet is not asked for."""

from normative_docs.gates import (
    BASIS_TEXTS,
    DRAFT,
    EXPIRY_ASSESSMENT,
    FAIR_COMPETITION,
    FINAL_TEXT,
    NOTES,
    OPINIONS,
    OWN_REVIEW,
    PRECHECK,
)
from normative_docs.workflow import WORKFLOW, Stage
from portal.consultation.records import consultation_records
from portal.documents.models import DocumentVersion
from portal.documents.records import Record
from portal.dossiers.dossier import Dossier, DossierItem, Piece, paper, record_pieces, register
from portal.legal_review.papers import OPINION_LETTER
from portal.legal_review.records import review_records
from portal.meetings.papers import MINUTES
from portal.meetings.records import deliberation_records
from portal.oversight.kinds import RECEIPT
from portal.oversight.models import Filing
from portal.publishing.records import publication_records

_ARCHIVE = "机关文件材料归档范围和文书档案保管期限规定 第十条"
_NOT_YET = "尚未办理到"


def _past(stage: Stage):
    """A condition: the document went the whole way and has left this stage behind."""

    def condition(document) -> bool:
        track = WORKFLOW.track
        return document.stage in track and track.index(document.stage) > track.index(stage)

    return condition


def _papers_of(file_ids, **conditions) -> list[Piece]:
    versions = (
        DocumentVersion.objects.filter(document__file_id__in=file_ids, document__removed_at__isnull=True, **conditions)
        .select_related("document", "blob", "uploaded_by")
        .defer("text")
        .order_by("document__file_id", "document_id", "number")
    )
    return [paper(version) for version in versions]


def _filings_of(document):
    return Filing.objects.filter(subject_id=document.pk).values("pk")


def _filed_papers(document):
    """What was sent up and what the county answered; the receipt has a line of its own."""
    found = _papers_of(_filings_of(document))
    return [piece for piece in found if piece.version.document.slot != RECEIPT.code]


def _receipts(document):
    return _papers_of(_filings_of(document), document__slot=RECEIPT.code)


def _was_filed(document) -> bool:
    return document.stage == Stage.FILED and not document.registers_first


def _evaluations(document):
    yield from _papers_of(document.evaluations.values("pk"))


def _is_evaluated(document) -> bool:
    return document.evaluations.filter(decided_on__isnull=False).exists()


def _cleanups(document):
    for item in document.cleanup_items.filter(decided_on__isnull=False).select_related("campaign"):
        title = f"清理结论（{item.campaign.title}）"[:80]
        yield Record(title, lambda one=item: _cleanup(one), at=item.decided_on)


def _cleanup(item) -> str:
    return "\n".join(
        [
            f"清理：{item.campaign.title}",
            f"决定日期：{item.decided_on:%Y-%m-%d}",
            f"结论：{item.get_verdict_display()}",
            f"理由：{item.reason}",
            f"依据：{item.basis}",
        ]
    )


def _is_cleaned_up(document) -> bool:
    return document.cleanup_items.filter(decided_on__isnull=False).exists()


def _facts(document) -> dict[str, str]:
    def day(value):
        return f"{value:%Y-%m-%d}" if value else ""

    return {
        "发文字号": document.document_number,
        "统一登记号": document.registration_number,
        "制定机关": document.issuing_authority.name,
        "文种": document.get_document_kind_display(),
        "成文日期": day(document.issued_on),
        "公布日期": day(document.published_on),
        "施行日期": day(document.effective_on),
        "有效期至": day(document.valid_until),
        "废止日期": day(document.repealed_on),
        "效力": document.effect_on().label,
    }


def _not_yet(document) -> str:
    """A folder is bound once the document has gone its way."""
    done = (Stage.FILED, Stage.REVOKED, Stage.RECORDED)
    return "" if document.stage in done else "文件办理完毕后才能封存卷宗。"


DOSSIER = register(
    Dossier(
        kind="normative_docs",
        facts=_facts,
        may_be_sealed=_not_yet,
        items=(
            DossierItem(
                "drafts", "草案、起草说明和依据", _ARCHIVE,
                slots=(
                    DRAFT.code, NOTES.code, BASIS_TEXTS.code, OWN_REVIEW.code, FAIR_COMPETITION.code, PRECHECK.code,
                    EXPIRY_ASSESSMENT.code,
                ),
                needed=_past(Stage.CONSULTATION), not_needed=_NOT_YET,
            ),
            DossierItem(
                "opinions", "征求意见和采纳情况", "国办发〔2018〕37号（公开征求意见）", slots=(OPINIONS.code,),
                needed=_past(Stage.CONSULTATION), find=record_pieces(consultation_records), not_needed=_NOT_YET,
            ),
            DossierItem(
                "review", "合法性审核意见", "国办发〔2018〕115号 六", slots=(OPINION_LETTER.code,),
                needed=_past(Stage.LEGALITY_REVIEW), find=record_pieces(review_records), not_needed=_NOT_YET,
                remedy="legal_review:staff-review",
            ),
            DossierItem(
                "minutes", "集体讨论会议纪要", "国办发〔2018〕37号（集体审议决定）", slots=(MINUTES.code,),
                needed=_past(Stage.DELIBERATION), not_needed=_NOT_YET, remedy="meetings:staff-deliberation",
            ),
            DossierItem(
                "deliberation", "集体讨论记录", "国办发〔2018〕37号（集体审议决定）",
                needed=_past(Stage.DELIBERATION), find=record_pieces(deliberation_records), not_needed=_NOT_YET,
                remedy="meetings:staff-deliberation",
            ),
            DossierItem(
                "text", "正式文本和公布文本", "国办发〔2018〕37号（统一印发、公布）", slots=(FINAL_TEXT.code,),
                needed=lambda document: document.stage == Stage.RECORDED or _past(Stage.SIGNING)(document),
                find=record_pieces(publication_records), not_needed=_NOT_YET,
            ),
            DossierItem(
                "filing", "备案材料", "国办发〔2018〕37号（报送备案）", needed=_was_filed, find=_filed_papers,
                not_needed=_NOT_YET, remedy="inside:case",
            ),
            DossierItem(
                "receipt", "备案回执", "国办发〔2018〕37号（报送备案）", needed=_was_filed, find=_receipts,
                not_needed=_NOT_YET, remedy="inside:case",
            ),
            DossierItem(
                "evaluation", "评估材料", "国办发〔2018〕37号（评估）", needed=_is_evaluated, find=_evaluations,
                not_needed="没有评估",
            ),
            DossierItem(
                "cleanup", "清理结论", "国办发〔2018〕37号（清理）", needed=_is_cleaned_up,
                find=record_pieces(_cleanups), not_needed="没有清理",
            ),
        ),
    )
)  # fmt: skip
