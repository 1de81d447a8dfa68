"""What a normative document adds to the case page: its facts, tags and sections."""

from django.urls import reverse

from normative_docs.gates import EXPIRY_ASSESSMENT, FINAL_TEXT, PRECHECK, REVIEW_PACK
from normative_docs.models import OF_RECORD, Effect
from normative_docs.switches import INTEGRITY_REVIEW
from normative_docs.workflow import Stage
from portal.consultation.case_section import PARTICIPATION, consultation_section
from portal.county_requests.case_page import county_requests_section
from portal.interpretations.case_page import add_to_case_page
from portal.legal_review.case_section import review_section
from portal.meetings.case_section import deliberation_section
from portal.oversight.models import Filing
from portal.web.inside import case_page, drafts

_TAG = {Effect.IN_FORCE: "live", Effect.LAPSED: "dead", Effect.REPEALED: "dead"}


def _date(day):
    return f"{day:%Y-%m-%d}" if day else "—"


def facts(document):
    edit = reverse("normative_docs:edit", kwargs={"public_id": document.public_id})

    def change(field, allowed):
        return f"{edit}#id_{field}" if allowed and not document.is_closed else ""

    text, dates = document.is_editable, document.dates_are_editable
    validity = document.validity_text or _date(document.valid_until)
    recognition = getattr(document, "recognition", None)
    unregistered = "等待县级统一登记" if document.registers_first else "签发时编号"
    bases = document.cited_bases.select_related("cited")
    return [
        {"key": "制定机关", "value": document.issuer.name},
        {"key": "文种", "value": document.get_document_kind_display(), "change_url": change("document_kind", text)},
        {"key": "发文字号", "value": document.document_number or "签发时编号", "is_number": True},
        {"key": "统一登记号", "value": document.registration_number or unregistered, "is_number": True},
        {"key": "成文日期", "value": _date(document.issued_on)},
        {"key": "公布日期", "value": _date(document.published_on)},
        {"key": "施行日期", "value": _date(document.effective_on), "change_url": change("effective_on", dates)},
        {"key": "有效期", "value": validity, "change_url": change("valid_until", dates)},
        {
            "key": "联系人",
            "value": f"{document.contact_name}　{document.contact_phone}".strip("　") or "—",
            "change_url": change("contact_name", text),
        },
        {"key": "主题分类", "value": document.topic or "—", "change_url": change("topic", text)},
        {
            "key": "公开属性",
            "value": document.get_disclosure_display()
            + (f"：{document.disclosure_reason}" if document.disclosure_reason else ""),
        },
        {
            "key": "重大民生事项",
            "value": "是" if document.touches_livelihood else "否",
            "change_url": change("touches_livelihood", text),
        },
        {
            "key": "涉及经营者经济活动",
            "value": "是" if document.affects_market else "否",
            "change_url": change("affects_market", text),
        },
        {
            "key": "是否规范性文件",
            "value": recognition.reason if recognition else "尚未认定",
            "wide": True,
            "change_url": "" if recognition else reverse("normative_docs:recognise-file", args=[document.public_id]),
        },
        {
            "key": "上位依据",
            "value": document.legal_basis or "—",
            "wide": True,
            "change_url": change("legal_basis", text),
        },
        {
            "key": "所依据的规范性文件",
            "value": "、".join(f"《{basis.cited.title}》{basis.articles}" for basis in bases) or "无",
            "wide": True,
            "change_url": reverse("normative_docs:bases", args=[document.public_id]) if text else "",
        },
        {
            "key": "紧急程序",
            "value": f"{document.get_urgent_ground_display()}：{document.urgent_reason}"
            if document.urgent_ground
            else "否",
            "wide": True,
            "change_url": change("urgent_ground", text),
        },
        *_integrity_review(document),
        *([_continued(document)] if document.continues_id else []),
        {
            "key": "废止文件",
            "value": document.repeals_text or "无",
            "wide": True,
            "change_url": change("repeals_text", text),
        },
    ]


def _continued(document):
    earlier = document.continues
    until = f"，有效期至 {earlier.valid_until:%Y-%m-%d}" if earlier.valid_until else ""
    return {"key": "延续的文件", "value": f"《{earlier.title}》（{earlier.document_number}）{until}", "wide": True}


def _integrity_review(document):
    """What the review that only some regions ask for came to, where it is asked for or was made."""
    if document.integrity_conclusion:
        changed = "" if document.integrity_digest == document.draft_digest() else "（此后文稿已修改）"
        return [{"key": "廉洁性评估", "value": f"{document.get_integrity_conclusion_display()}{changed}"}]
    if document.stage == Stage.LEGALITY_REVIEW and document.is_switched_on(INTEGRITY_REVIEW):
        return [{"key": "廉洁性评估", "value": "尚未登记"}]
    return []


def skipped(document):
    """Registered before publication: nothing is filed after it."""
    return {Stage.FILING: "已先行登记，不另备案"} if document.registers_first else {}


def tags(document):
    effect = document.effect_on()
    shown = document.stage in OF_RECORD and document.stage != Stage.REVOKED  # the stage says it better
    return [{"text": effect.label, "kind": _TAG.get(effect, "")}] if shown else []


def edit_url(document, person):
    if document.is_closed or not document.dates_are_editable or not document.may_be_edited_by(person):
        return ""
    return reverse("normative_docs:edit", kwargs={"public_id": document.public_id})


def draft(document, person):
    return {"text": document.draft_text, "notes": document.drafting_notes}


def filing(document, person):
    if "publish" not in document.steps_taken():
        return None
    filings = list(Filing.objects.visible_to(person).filter(subject_id=document.pk).select_related("recipient"))
    return {"filings": filings} if filings else None


PAGE = case_page.register(
    case_page.CasePage(
        kind="normative_docs",
        facts=facts,
        tags=tags,
        number=lambda document: document.document_number or document.number,
        edit_url=edit_url,
        skipped=skipped,
        slots=lambda document: (*REVIEW_PACK, FINAL_TEXT, PRECHECK, EXPIRY_ASSESSMENT),
        sections=(
            case_page.Section("normative_docs/part_draft.html", draft, anchor="draft"),
            consultation_section(after="open_consultation"),
            PARTICIPATION,
            review_section(after="send_to_review"),
            county_requests_section(after="ask_precheck"),
            deliberation_section(after="put_to_deliberation", stage=Stage.DELIBERATION),
            case_page.Section("normative_docs/part_filing.html", filing, anchor="filing"),
        ),
    )
)

DRAFT = drafts.register(drafts.DraftField(PAGE.kind, edit="normative_docs:edit", label="文稿"))

INTERPRETATIONS = add_to_case_page(PAGE.kind, is_due=lambda document: document.recorded_on is None)
