"""A document is to be amended or repealed: the draft that does it, tied to the file that asked for it."""

from django.db import transaction

from normative_docs.in_force.models import RelationKind
from normative_docs.in_force.planning import plan
from normative_docs.models import NormativeDocument
from normative_docs.models.recognition import QUESTIONS
from normative_docs.recognising import recognise
from normative_docs.recording import draft_recognised
from normative_docs.vocabulary import DocumentKind
from portal.casefiles.models import Disclosure, FileLink


@transaction.atomic
def draft_follow_up(file, document: NormativeDocument, *, by, repeals: bool, reason: str) -> NormativeDocument:
    """Open the draft of the amendment or repeal of ``document`` that ``file`` asks for; it goes the whole way.

    :raises NotAuthorised: the person may not draft there. :raises StepRefused: the body may not issue, or the
        document can't be amended or repealed by it.
    """
    word = "废止" if repeals else "修改"
    name = f"《{document.title}》" + (f"（{document.document_number}）" if document.document_number else "")
    form = DocumentKind.NOTICE if repeals else DocumentKind.DECISION
    recognition = recognise(
        by=by,
        organisation=document.organisation,
        title=f"关于{word}《{document.title}》的{form.label}"[:200],
        form=form,
        answers={question.code: True for question in QUESTIONS},
        reason=f"{word}{name}，与原文件同为行政规范性文件"[:500],
    )
    draft = draft_recognised(
        recognition,
        by=by,
        disclosure=Disclosure.PROACTIVE,
        necessity=reason,
        legal_basis=document.legal_basis,
        topic=document.topic,
        affects_market=document.affects_market,
        touches_vital_interests=document.touches_vital_interests,
        touches_livelihood=document.touches_livelihood,
        contact_name=document.contact_name,
        contact_phone=document.contact_phone,
        handling_unit=document.handling_unit,
        repeals_text=name if repeals else "",
    )
    kind = RelationKind.REPEALS if repeals else RelationKind.AMENDS
    plan(draft, by=by, kind=kind, target=document)
    FileLink.objects.create(source_id=draft.pk, target_id=file.pk, kind=FileLink.Kind.CARRIES_OUT)
    return draft
