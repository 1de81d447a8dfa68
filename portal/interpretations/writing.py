"""Opening an interpretation and writing it."""

from django.db import transaction

from portal.accounts.authority import may
from portal.audit import verbs
from portal.audit.record import record
from portal.casefiles.models import CaseFile, Disclosure, FileLink
from portal.casefiles.titles import quoted
from portal.interpretations.models import Interpretation
from portal.workflow.perform import open_file
from portal.workflow.refusals import NotAuthorised, StepRefused

AUTHORITY = "publishing.prepare"


def usual_title(subject: CaseFile) -> str:
    """《某办法》政策解读; titles named inside step down to 〈…〉."""
    return f"{quoted(subject.title)}政策解读"[:200]


@transaction.atomic
def start_interpretation(subject: CaseFile, *, by, title: str, text: str) -> Interpretation:
    """Open the interpretation of a document; the unit that drafted the document handles it.

    :raises NotAuthorised: the person prepares nothing for the public there. :raises StepRefused: the document isn't
        published actively, so that nothing of it is interpreted before the public.
    """
    if subject.disclosure != Disclosure.PROACTIVE:
        raise StepRefused("不主动公开的文件，不公布政策解读。")
    interpretation = open_file(
        Interpretation, by=by, organisation=subject.organisation, authority=AUTHORITY, title=title,
        handling_unit=subject.handling_unit, disclosure=Disclosure.PROACTIVE, subject_id=subject.pk, text=text,
    )  # fmt: skip
    FileLink.objects.create(source_id=interpretation.pk, target_id=subject.pk, kind=FileLink.Kind.RELATED)
    return interpretation


@transaction.atomic
def write(interpretation: Interpretation, *, by, title: str, text: str) -> Interpretation:
    """Change the words while it is being written. :raises NotAuthorised: not theirs. :raises StepRefused: settled."""
    held = Interpretation.objects.select_for_update(of=("self",)).select_related("organisation").get(
        pk=interpretation.pk
    )  # fmt: skip
    if not may(by, AUTHORITY, held.organisation):
        raise NotAuthorised("您没有编写这件政策解读的权限。")
    if not held.is_writable:
        raise StepRefused("政策解读已经定稿；需要修改的，先退回修改。")
    changed = [name for name, value in (("title", title), ("text", text)) if getattr(held, name) != value]
    if changed:
        held.title, held.text = title, text
        held.save(update_fields=changed)
        record(verbs.EDITED, by=by, file=held, summary="修改政策解读")
    return held
