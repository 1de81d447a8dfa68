"""Opening a normative document: a new draft by a clerk, or an existing document from what was read in it."""

import re
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction

from normative_docs.gates import FINAL_TEXT
from normative_docs.importing.metadata import ImportedMetadata
from normative_docs.importing.reading import read_lines
from normative_docs.models import NormativeDocument, Recognition
from normative_docs.models.recognition import QUESTIONS
from normative_docs.recognising import recognise
from normative_docs.vocabulary import DocumentKind, Effect
from portal.accounts.authority import holders
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import Disclosure
from portal.documents.attach import attach
from portal.moment import today
from portal.organisations.qualifications import Power, may_exercise
from portal.workflow.perform import open_file, perform
from portal.workflow.refusals import StepRefused

_KIND_WORDS = (
    (("办法",), DocumentKind.MEASURES),
    (("细则",), DocumentKind.RULES),
    (("规定",), DocumentKind.PROVISIONS),
    (("决定",), DocumentKind.DECISION),
    (("通告", "公告"), DocumentKind.CIRCULAR),
    (("意见",), DocumentKind.OPINIONS),
    (("通知",), DocumentKind.NOTICE),
)


def kind_of_title(title: str) -> str:
    """The form that a title names last: 关于印发某办法的通知 is a notice, 某办法（试行） a set of measures."""
    ends = re.sub(r"[（(](试行|暂行)[）)]$", "", title).rstrip("》")
    for words, kind in _KIND_WORDS:
        if ends.endswith(words):
            return kind
    return DocumentKind.OTHER


def open_draft(*, by, organisation, **fields) -> NormativeDocument:
    """Open a new draft (立项). :raises NotAuthorised: the person may not open files there."""
    return open_file(NormativeDocument, by=by, organisation=organisation, issuing_authority=organisation, **fields)


@transaction.atomic
def draft_recognised(recognition: Recognition, *, by, **fields) -> NormativeDocument:
    """Open the draft of what was recognised as a normative document; one draft to a recognition.

    :raises StepRefused: it isn't one, is drafted already, or the body isn't on the county's list.
    """
    recognition = Recognition.objects.select_for_update().get(pk=recognition.pk)
    if not recognition.is_normative:
        raise StepRefused("认定为不属于行政规范性文件的，不走这一程序。")
    if recognition.document_id is not None:
        raise StepRefused("这件文件已经立卷。")
    organisation = recognition.organisation
    if not may_exercise(organisation, Power.NORMATIVE_DOCUMENTS, today()):
        raise StepRefused(f"{organisation}不在县级公布的规范性文件制定主体清单上，不得制发。")
    fields.setdefault("title", recognition.title)
    fields["document_kind"] = recognition.form
    document = open_draft(by=by, organisation=organisation, **fields)
    recognition.document = document
    recognition.save(update_fields=["document"])
    return document


# What a document that continues another takes over from it; everything else is done anew.
CARRIED_OVER = (
    "title", "draft_text", "legal_basis", "topic", "affects_market", "touches_vital_interests",
    "touches_livelihood", "contact_name", "contact_phone", "disclosure", "disclosure_reason", "handling_unit",
)  # fmt: skip


@transaction.atomic
def draft_continuation(document: NormativeDocument, *, by, reason: str) -> NormativeDocument:
    """Start to continue a document beyond its validity: a draft of its own, registered and published anew.

    Nothing prolongs a validity in place (山东省行政程序规定 art. 53, 湖南省行政程序规定 art. 51: 重新登记、重新公布).

    :raises StepRefused: it is not in force, or is being continued already.
    """
    document = NormativeDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if document.effect_on() != Effect.IN_FORCE or document.published_on is None:
        raise StepRefused("只有已公布、现行有效的文件可以办理延续；已经失效的，应当重新制定。")
    if document.continued_by.exclude(stage="terminated").exists():
        raise StepRefused("这件文件正在办理延续。")
    recognition = recognise(
        by=by,
        organisation=document.organisation,
        title=document.title,
        form=document.document_kind,
        answers={question.code: True for question in QUESTIONS},
        reason=f"延续《{document.title}》（{document.document_number}）：{reason}"[:500],
    )
    return draft_recognised(
        recognition,
        by=by,
        continues=document,
        necessity=reason,
        repeals_text=f"《{document.title}》（{document.document_number}）",
        **{name: getattr(document, name) for name in CARRIED_OVER},
    )


def _day(text):
    return date.fromisoformat(text) if text else None


def repeals_in_words(metadata: ImportedMetadata) -> str:
    """What a document ends, in one line for the field 废止文件."""
    lines = []
    for repealed in metadata.repeals:
        name = f"《{repealed.title}》" if repealed.title else ""
        number = f"（{repealed.number}）" if repealed.number and name else repealed.number or ""
        lines.append(f"{name}{number}" + (f"，自 {repealed.from_date} 起废止" if repealed.from_date else ""))
    return "；".join(lines)


@transaction.atomic
def draft_from(
    metadata: ImportedMetadata, *, text: str, organisation, by, content: bytes = b"", name: str = ""
) -> NormativeDocument:
    """Open a file for an existing document, filled with what was read; nothing is in force by this.

    The original goes into the file as its formal text. What was not read stays empty.
    """
    document = open_draft(
        by=by,
        organisation=organisation,
        title=metadata.title[:200],
        disclosure=Disclosure.PROACTIVE,
        document_kind=kind_of_title(metadata.title),
        draft_text=text,
        document_number=metadata.document_number or "",
        issued_on=_day(metadata.issued_on),
        effective_on=_day(metadata.effective_on),
        valid_until=_day(metadata.valid_until),
        validity_text=metadata.validity or "",
        adopted_at=metadata.adopted_at or "",
        repeals_text=repeals_in_words(metadata),
    )
    if content:
        attach(document, FINAL_TEXT.code, ContentFile(content, name=name), by)
    if metadata.warnings:
        record(verbs.EDITED, by=by, file=document, summary="导入提示：" + "；".join(metadata.warnings)[:380])
    return document


@transaction.atomic
def record_existing(metadata: ImportedMetadata, *, organisation, source_path, by=None) -> NormativeDocument:
    """Record a real, existing document (存量登记): opened, its original attached, moved by ``register_existing``.

    :param by: who records it; by default the first person of the organisation who may.
    :raises StepRefused: no title, the number is taken, or nobody may record here. :raises GatesNotMet: what is
        missing, such as the 成文日期.
    """
    if not metadata.title:
        raise StepRefused("没有识别出标题，请在页面上登记。")
    by = by or holders("normative_docs.register", organisation).first()
    if by is None:
        raise StepRefused(f"{organisation.name}没有可以登记规范性文件的人员。")
    number = metadata.document_number or ""
    if number and NormativeDocument.objects.filter(document_number=number, issuing_authority=organisation).exists():
        raise StepRefused(f"{organisation.name}已经登记过 {number}。")
    document = draft_from(
        metadata,
        text="\n".join(read_lines(source_path)),
        organisation=organisation,
        by=by,
        content=source_path.read_bytes(),
        name=source_path.name,
    )
    return perform(document, "register_existing", by=by)
