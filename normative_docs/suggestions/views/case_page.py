"""What suggestions and incidental reviews add to the case page, and their registers."""

from django.urls import reverse

from normative_docs.suggestions.effects import PAPER_JOB
from normative_docs.suggestions.filters import IncidentalFilter, SuggestionFilter
from normative_docs.suggestions.gates import PAPERS
from normative_docs.suggestions.incidental.effects import PAPER_JOB as INCIDENTAL_JOB
from normative_docs.suggestions.incidental.gates import PAPERS as INCIDENTAL_PAPERS
from normative_docs.suggestions.incidental.workflow import WORKFLOW as INCIDENTAL
from normative_docs.suggestions.models import IncidentalReview, ReviewSuggestion
from normative_docs.suggestions.vocabulary import PRESSING, REPLY_LIMIT, Channel, Result
from normative_docs.suggestions.workflow import WORKFLOW, Stage
from portal.accounts.authority import may
from portal.casefiles.models import CaseFile
from portal.consultation.masking import masked_contact, masked_name
from portal.jobs.models import Job
from portal.publishing.pages import document_url
from portal.publishing.register import publication_of
from portal.web.inside import case_page
from portal.web.inside.case_page import case_url, step_url
from portal.web.inside.register import Register, RegisterColumn, register
from portal.web.inside.worklist import Start, starts
from portal.web.tables import Cell


def _day(day):
    return f"{day:%Y-%m-%d}" if day else "—"


def job_of(kind: str, file) -> dict | None:
    """The worker's letter while it is being set or failed, as ``components/job.html`` shows it."""
    asked = Job.objects.filter(kind=kind, key=f"{file.pk}:reply").order_by("-id").first()
    if asked is None or asked.state == Job.State.DONE or file.is_closed:
        return None
    return {
        "name": asked.label, "state": asked.state, "percent": asked.progress, "note": asked.message,
        "url": asked.result_url, "link": "查看",
    }  # fmt: skip


def facts(suggestion):
    rows = [
        {"key": "文件", "value": suggestion.named_document, "wide": True},
        {"key": "制定机关", "value": suggestion.organisation.name},
        {"key": "条款", "value": suggestion.clause or "全文"},
        {"key": "理由和建议", "lines": suggestion.reason.splitlines(), "wide": True},
        {"key": "收到日期", "value": _day(suggestion.received_on), "is_number": True},
        {"key": "受理日期", "value": _day(suggestion.accepted_on), "is_number": True},
        # The issuing town reads this too: a surname and half a number would tell it who wrote.
        {"key": "建议人", "value": suggestion.get_proposer_display()},
    ]
    if suggestion.result:
        rows += [
            {"key": "结果", "value": suggestion.get_result_display()},
            {"key": "答复书文号", "value": suggestion.reply_number, "is_number": True},
            {"key": "答复日期", "value": _day(suggestion.replied_on), "is_number": True},
        ]
    return rows


def at_county(suggestion, person):
    """What only the county does: see who wrote, and say which document is meant."""
    if not may(person, "suggestions.review", suggestion.organisation):
        return None
    open_now = suggestion.stage == Stage.RECEIVED
    return {
        "proposer_url": reverse("suggestions:proposer", args=[suggestion.public_id]),
        "identify_url": reverse("suggestions:identify", args=[suggestion.public_id]) if open_now else "",
        "proposer": f"{masked_name(suggestion.proposer_name)}　{masked_contact(suggestion.contact)}".strip("　"),
        "document": suggestion.document,
        "document_url": _document_url(suggestion, person),
    }


def _document_url(suggestion, person) -> str:
    """The document's file for those who may see it, else its public page."""
    if suggestion.document_id is None:
        return ""
    if CaseFile.objects.visible_to(person).filter(pk=suggestion.document_id).exists():
        return case_url(suggestion.document)
    publication = publication_of(suggestion.document)
    return document_url(publication) if publication else ""


def statement(suggestion, person):
    if suggestion.statement_due is None and not suggestion.statement:
        # The result waits for the statement, and its condition points here.
        is_next = suggestion.stage == Stage.REVIEWING and may(person, "suggestions.review", suggestion.organisation)
        return {"ask_url": step_url(suggestion, "ask_maker")} if is_next else None
    return {
        "rows": [
            {"key": "要求说明的事项", "lines": suggestion.statement_asked.splitlines()},
            {"key": "说明期限", "value": _day(suggestion.statement_due), "is_number": True},
            {
                "key": "说明",
                "lines": suggestion.statement.splitlines(),
                "value": suggestion.without_statement or "尚未说明",
            },
            {"key": "说明日期", "value": _day(suggestion.stated_on), "is_number": True},
        ]
    }


def reply(suggestion, person):
    """The result with its reasons; before it is signed, only the county reads it."""
    if not suggestion.result:
        return None
    if suggestion.replied_on is None and not may(person, "suggestions.review", suggestion.organisation):
        return None
    rows = [
        {"key": "答复意见", "lines": suggestion.opinion.splitlines()},
        {"key": "公开的内容", "lines": suggestion.public_summary.splitlines()},
    ]
    if suggestion.correction:
        rows.append({"key": "制定机关处理情况", "lines": suggestion.correction.splitlines()})
    filing = suggestion.filing_of_document()
    return {
        "rows": rows,
        "filing": filing,
        "filing_url": case_url(filing) if filing else "",
        "job": job_of(PAPER_JOB, suggestion),
        "poll_url": reverse("suggestions:letter", args=[suggestion.public_id]),
        "may_ask": suggestion.stage == Stage.REPLYING and suggestion.reply_letter_id is None
        and may(person, "suggestions.review", suggestion.organisation),
    }  # fmt: skip


_AFTER_REPLY = (Stage.CORRECTING, Stage.CHECKING, Stage.CORRECTED)


def notes(suggestion) -> dict:
    """What only the result will tell."""
    return {} if suggestion.result else dict.fromkeys(_AFTER_REPLY, "视审查结果")


def skipped(suggestion) -> dict:
    """The stages that this suggestion doesn't go through, by what came of it so far, with the reason."""
    if not suggestion.result:
        return {}
    if suggestion.result in PRESSING:
        return {Stage.REPLIED: "答复后交制定机关处理"}
    left_out = dict.fromkeys(_AFTER_REPLY, "没有要求制定机关处理")
    if suggestion.result == Result.REFUSED:
        left_out |= dict.fromkeys((Stage.STATEMENT, Stage.REVIEWING), "不予受理")
    return left_out


PAGE = case_page.register(
    case_page.CasePage(
        kind=WORKFLOW.code,
        facts=facts,
        skipped=skipped,
        notes=notes,
        tags=lambda suggestion: (
            [{"text": suggestion.get_result_display(), "kind": ""}] if suggestion.replied_on else []
        ),
        slots=lambda suggestion: PAPERS,
        sections=(
            case_page.Section("normative_docs/suggestions/part_county.html", at_county, anchor="county"),
            case_page.Section("normative_docs/suggestions/part_statement.html", statement, anchor="statement"),
            case_page.Section("normative_docs/suggestions/part_reply.html", reply, anchor="reply"),
        ),
    )
)

REGISTER = register(
    Register(
        code="review-suggestions",
        label="审查建议台账",
        rows=lambda person: ReviewSuggestion.objects.visible_to(person).select_related("organisation", "document"),
        filterset=SuggestionFilter,
        columns=(
            RegisterColumn(
                "title", "文件", lambda s: s.shown_document,
                lambda s: Cell(s.shown_document, kind="title", url=case_url(s), sub=s.number), kind="title",
                order="title",
            ),
            RegisterColumn("clause", "条款", lambda s: s.clause or "全文"),
            RegisterColumn("stage", "环节", lambda s: s.stage_label, lambda s: Cell(tag=s.stage_label, tag_kind="now")),
            RegisterColumn("organisation", "制定机关", lambda s: s.organisation.short_name, kind="nowrap"),
            RegisterColumn("received_on", "收到日期", lambda s: s.received_on, kind="date", order="received_on"),
            RegisterColumn("result", "结果", lambda s: s.get_result_display() if s.replied_on else "", kind="nowrap"),
            RegisterColumn("replied_on", "答复日期", lambda s: s.replied_on, kind="date"),
            RegisterColumn("reply_number", "答复书文号", lambda s: s.reply_number, kind="no", shown=False),
            RegisterColumn("number", "案卷号", lambda s: s.number, kind="no", shown=False),
        ),
        presets=(("待受理", "stage=received"), ("审查中", "stage=reviewing"), ("待制定机关处理", "stage=correcting")),
        empty_text="公民、法人和其他组织对规范性文件提出的审查建议。",
    )
)  # fmt: skip


def reply_clock(review):
    return review.deadlines.filter(code=REPLY_LIMIT[Channel(review.channel)]).order_by("-id").first()


def incidental_facts(review):
    clock = reply_clock(review)
    late = clock is not None and clock.finished_late_by
    rows = [
        {"key": "文件", "value": f"《{review.document.title}》{review.document.document_number}", "wide": True},
        {"key": "来源", "value": review.get_channel_display()},
        {"key": "提出机关", "value": review.requesting_body},
        {"key": "案号", "value": review.case_number, "is_number": True},
        {"key": "被审查的条款", "value": review.clause or "全文"},
        {"key": "收到来文日期", "value": _day(review.received_on), "is_number": True},
        {"key": "答复期限", "value": _day(clock.effective_end if clock else None), "is_number": True},
        {"key": "答复文号", "value": review.reply_number or "送审签时编号", "is_number": True},
        {"key": "送出日期", "value": _day(review.sent_on) + ("（逾期）" if late else ""), "is_number": True},
        {"key": "集体讨论", "value": "须经集体讨论" if review.needs_collective_view else "不需要"},
    ]
    if review.verdict:
        rows += [
            {"key": "认定结果", "value": f"{review.get_verdict_display()}　{_day(review.verdict_on)}"},
            {"key": "认定内容", "value": review.verdict_text or "—", "wide": True},
        ]
    return rows


def incidental_statement(review, person):
    is_mine = may(person, "suggestions.answer", review.organisation) and not review.is_closed
    return {
        "lines": review.statement.splitlines(),
        "edit_url": reverse("suggestions:incidental-statement", args=[review.public_id])
        if is_mine and review.is_drafted
        else "",
        "job": job_of(INCIDENTAL_JOB, review),
        "poll_url": reverse("suggestions:letter", args=[review.public_id]),
    }


def incidental_result(review, person):
    if not review.verdict:
        return None
    draft = review.follow_up
    return {"review": review, "draft": draft, "draft_url": case_url(draft) if draft else ""}


def incidental_tags(review):
    return [{"text": review.get_verdict_display(), "kind": ""}] if review.verdict else []


INCIDENTAL_PAGE = case_page.register(
    case_page.CasePage(
        kind=INCIDENTAL.code,
        facts=incidental_facts,
        tags=incidental_tags,
        slots=lambda review: INCIDENTAL_PAPERS,
        sections=(
            case_page.Section(
                "normative_docs/suggestions/part_incidental.html", incidental_statement, anchor="statement"
            ),
            case_page.Section("normative_docs/suggestions/part_result.html", incidental_result, anchor="result"),
        ),
    )
)

INCIDENTAL_REGISTER = register(
    Register(
        code="incidental-reviews",
        label="附带审查台账",
        rows=lambda person: IncidentalReview.objects.visible_to(person).select_related("organisation", "document"),
        filterset=IncidentalFilter,
        columns=(
            RegisterColumn(
                "title", "文件", lambda r: r.document.title,
                lambda r: Cell(r.document.title, kind="title", url=case_url(r), sub=r.case_number), kind="title",
                order="title",
            ),
            RegisterColumn("channel", "来源", lambda r: r.get_channel_display()),
            RegisterColumn("requesting_body", "提出机关", lambda r: r.requesting_body),
            RegisterColumn("case_number", "案号", lambda r: r.case_number, kind="no", shown=False),
            RegisterColumn("stage", "环节", lambda r: r.stage_label, lambda r: Cell(tag=r.stage_label, tag_kind="now")),
            RegisterColumn("organisation", "单位", lambda r: r.organisation.short_name, kind="nowrap"),
            RegisterColumn("received_on", "收到日期", lambda r: r.received_on, kind="date", order="received_on"),
            RegisterColumn("sent_on", "送出日期", lambda r: r.sent_on, kind="date"),
            RegisterColumn("verdict", "认定结果", lambda r: r.get_verdict_display(), kind="nowrap"),
            RegisterColumn("number", "案卷号", lambda r: r.number, kind="no", shown=False),
        ),
        presets=(("拟写答复", "stage=drafting"), ("等待结果", "stage=awaiting"), ("不合法", "verdict=unlawful")),
        empty_text="行政复议机关、人民法院对规范性文件的附带审查、转送和司法建议。",
        new_url="suggestions:incidental-new",
        new_label="登记附带审查",
    )
)  # fmt: skip

starts.append(
    Start(
        "规范性文件附带审查",
        "收到行政复议机关的附带审查通知、转送函，或者人民法院的司法建议：登记来文，系统按收到之日起算答复期限。",
        "suggestions:incidental-new",
        "suggestions.answer",
    )
)
