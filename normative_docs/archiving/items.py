"""The checklist of a document's folder by its facts: what was not reached yet is not asked for."""

import csv
from io import StringIO

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
from portal.consultation.models import PublicConsultation
from portal.documents.models import DocumentVersion
from portal.dossiers.dossier import Dossier, DossierItem, Piece, paper, record_piece, register
from portal.legal_review.models import LegalityReview
from portal.legal_review.papers import OPINION_LETTER
from portal.meetings.papers import MINUTES
from portal.moment import SHANGHAI
from portal.oversight.kinds import RECEIPT
from portal.oversight.models import Filing
from portal.publishing.models import Publication

_ARCHIVE = "机关文件材料归档范围和文书档案保管期限规定 第十条"
_NOT_YET = "尚未办理到"


def _past(stage: Stage):
    """A condition: the document went the whole way and has left this stage behind."""

    def condition(document) -> bool:
        track = WORKFLOW.track
        return document.stage in track and track.index(document.stage) > track.index(stage)

    return condition


def _consultations(document):
    for consultation in PublicConsultation.objects.filter(file_id=document.pk).order_by("round"):
        yield record_piece(
            f"征求意见公告（第{consultation.round}轮）",
            lambda one=consultation: _notice(one),
            at=consultation.opened_on,
        )
        if consultation.comments.exists():
            yield record_piece(
                f"意见和采纳情况（第{consultation.round}轮）", lambda one=consultation: _opinions(one),
                at=consultation.closes_on, ending="csv",
            )  # fmt: skip


def _notice(consultation) -> str:
    return "\n".join(
        [
            consultation.title,
            f"征求意见时间：{consultation.opened_on:%Y-%m-%d} 至 {consultation.closes_on:%Y-%m-%d}",
            f"期限依据：{consultation.rule_basis}",
            *([f"缩短期限的理由：{consultation.shortened_reason}"] if consultation.shortened_reason else []),
            "",
            consultation.summary,
            "",
            "征求意见稿",
            consultation.draft_text,
            "",
            "起草说明",
            consultation.notes_text,
        ]
    )


def _opinions(consultation) -> str:
    """Every opinion with its answer; how to reach the sender stays out of the folder."""
    out = StringIO()
    table = csv.writer(out)
    table.writerow(["序号", "提交日期", "身份", "姓名或名称", "针对条款", "意见内容", "处理结果", "理由"])
    for comment in consultation.comments.all():
        row = [
            comment.number, f"{comment.submitted_at.astimezone(SHANGHAI):%Y-%m-%d}", comment.get_sent_from_display(),
            comment.name, comment.article, comment.content, comment.get_outcome_display(), comment.answer,
        ]  # fmt: skip
        table.writerow([f"'{cell}" if str(cell)[:1] in ("=", "+", "-", "@") else cell for cell in row])
    return out.getvalue()


def _reviews(document):
    """The rounds that ended with an opinion; the letter itself lies in its slot once it is made."""
    for review in LegalityReview.objects.filter(file_id=document.pk).order_by("round").select_related("reviewing_body"):
        if review.concluded_at is not None:
            yield record_piece(
                f"合法性审核记录（第{review.round}次）", lambda one=review: _review(one),
                at=review.concluded_at.astimezone(SHANGHAI).date(), who=review.reviewing_body.name,
            )  # fmt: skip


def _review(review) -> str:
    lines = [
        f"审核机构：{review.reviewing_body.name}",
        f"意见书文号：{review.opinion_number}",
        f"送审日期：{review.requested_on:%Y-%m-%d}",
        f"结论：{review.get_conclusion_display()}",
        "",
        review.opinion,
    ]
    return "\n".join(lines)


def _published(document):
    for publication in Publication.objects.filter(file_id=document.pk).order_by("pk"):
        yield record_piece(
            f"公布文本（{publication.public_number}）", lambda one=publication: _as_published(one),
            at=publication.published_on, who=publication.organisation.name,
        )  # fmt: skip


def _as_published(publication) -> str:
    facts = [f"{label}：{value}" for label, value in publication.fields]
    return "\n".join(
        [publication.title, *facts, f"公布日期：{publication.published_on:%Y-%m-%d}", "", publication.text]
    )


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
        yield record_piece(
            f"清理结论（{item.campaign.title}）"[:80], lambda one=item: _cleanup(one), at=item.decided_on,
        )  # fmt: skip


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


DOSSIER = register(
    Dossier(
        kind="normative_docs",
        facts=_facts,
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
                needed=_past(Stage.CONSULTATION), find=_consultations, not_needed=_NOT_YET,
            ),
            DossierItem(
                "review", "合法性审核意见", "国办发〔2018〕115号 六", slots=(OPINION_LETTER.code,),
                needed=_past(Stage.LEGALITY_REVIEW), find=_reviews, not_needed=_NOT_YET,
            ),
            DossierItem(
                "minutes", "集体讨论会议纪要", "国办发〔2018〕37号（集体审议决定）", slots=(MINUTES.code,),
                needed=_past(Stage.DELIBERATION), not_needed=_NOT_YET,
            ),
            DossierItem(
                "text", "正式文本和公布文本", "国办发〔2018〕37号（统一印发、公布）", slots=(FINAL_TEXT.code,),
                needed=lambda document: document.stage == Stage.RECORDED or _past(Stage.SIGNING)(document),
                find=_published, not_needed=_NOT_YET,
            ),
            DossierItem(
                "filing", "备案材料", "国办发〔2018〕37号（报送备案）", needed=_was_filed, find=_filed_papers,
                not_needed=_NOT_YET,
            ),
            DossierItem(
                "receipt", "备案回执", "国办发〔2018〕37号（报送备案）", needed=_was_filed, find=_receipts,
                not_needed=_NOT_YET,
            ),
            DossierItem(
                "evaluation", "评估材料", "国办发〔2018〕37号（评估）", needed=_is_evaluated, find=_evaluations,
                not_needed="没有评估",
            ),
            DossierItem(
                "cleanup", "清理结论", "国办发〔2018〕37号（清理）", needed=_is_cleaned_up, find=_cleanups,
                not_needed="没有清理",
            ),
        ),
    )
)  # fmt: skip
