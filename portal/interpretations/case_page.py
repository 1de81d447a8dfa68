"""What an interpretation adds to its case page, and to that of its document."""

from collections.abc import Callable
from functools import partial

from django.urls import reverse

from portal.accounts.authority import may
from portal.interpretations.gates import MATERIAL
from portal.interpretations.models import Interpretation
from portal.interpretations.timing import RULE, timing_of
from portal.interpretations.workflow import WORKFLOW
from portal.interpretations.writing import AUTHORITY
from portal.web.inside import case_page


def facts(interpretation: Interpretation) -> list[dict]:
    """The facts of an interpretation."""
    subject = interpretation.subject
    return [
        {"key": "所解读的文件", "value": subject.title, "change_url": "", "wide": True},
        {"key": "解读单位", "value": (interpretation.handling_unit or interpretation.organisation).name},
        {"key": "公布日期", "value": f"{interpretation.published_on:%Y-%m-%d}" if interpretation.published_on else "—"},
    ]


def edit_url(interpretation: Interpretation, person) -> str:
    if not interpretation.is_writable or not may(person, AUTHORITY, interpretation.organisation):
        return ""
    return reverse("interpretations:edit", kwargs={"public_id": interpretation.public_id})


def _text(interpretation, person):
    return {"text": interpretation.text, "subject": interpretation.subject}


def _of_document(file, person, is_due):
    found = list(Interpretation.objects.visible_to(person).filter(subject_id=file.pk))
    is_public = file.disclosure == "proactive"
    may_write = may(person, AUTHORITY, file.organisation) and is_public
    timing = timing_of(file) if is_public and is_due(file) else None
    if not (found or may_write or timing):
        return None
    return {"interpretations": found, "file": file, "may_write": may_write, "timing": timing, "rule": RULE}


PAGE = case_page.register(
    case_page.CasePage(
        kind=WORKFLOW.code,
        facts=facts,
        edit_url=edit_url,
        slots=lambda interpretation: (MATERIAL,),
        sections=(case_page.Section("interpretations/part_text.html", _text, anchor="text"),),
    )
)


def add_to_case_page(kind: str, is_due: Callable = lambda file: True) -> case_page.Section:
    """Show the interpretations of a document on its own case page.

    :param is_due: whether a published file of this kind should have one; documents from before the portal need not.
    """
    section = case_page.Section(
        "interpretations/part_of_document.html", partial(_of_document, is_due=is_due), anchor="interpretation"
    )
    return case_page.add_section(kind, section)
