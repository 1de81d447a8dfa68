"""Reading a draft: new hints in, decisions of the last draft carried over where clause and kind are the same."""

import re
from datetime import date

from django.db import transaction
from django.db.models import Q

from normative_docs.clause_check.engine import Hint, Level, check_text
from normative_docs.clause_check.models import ClauseCheck, ClauseHint, Decision
from normative_docs.models import NormativeDocument
from portal.audit import verbs
from portal.audit.record import record
from portal.moment import now, today
from portal.organisations.models import OrganisationKind
from portal.workflow.refusals import StepRefused

CHECKED = verbs.declare("clause_check.checked", "检查条款")
_TOWN_KINDS = (OrganisationKind.TOWN_GOVERNMENT, OrganisationKind.SUBDISTRICT_OFFICE)


def newest_check(document) -> ClauseCheck | None:
    """The check of the draft as it stands; ``None`` where this draft was not checked yet."""
    return ClauseCheck.objects.filter(document_id=document.pk, text_digest=document.draft_digest()).first()


@transaction.atomic
def check(document: NormativeDocument, by) -> ClauseCheck:
    """Look through the draft and keep the hints; the same draft again gives the same check.

    Open hints that no longer hold go, decided ones stay. On a new draft, a hint on the same words of the same kind
    brings its decision and reason along from the draft before.

    :raises StepRefused: the document has no text, or is past the point where hints are of use.
    """
    document = NormativeDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if not document.draft_text.strip():
        raise StepRefused("还没有文件正文，无从检查。")
    if not document.is_editable or document.is_closed:
        raise StepRefused("文件已经提请集体讨论或者办结，不再检查条款。")
    moment = now()
    held, created = ClauseCheck.objects.get_or_create(
        document=document,
        text_digest=document.draft_digest(),
        defaults={"first_checked_at": moment, "checked_at": moment, "checked_by": by},
    )
    if not created:
        held.checked_at, held.checked_by = moment, by
        held.save(update_fields=["checked_at", "checked_by"])
    found = _hints_on(document)
    _keep(held, found)
    record(CHECKED, by=by, file=document, summary=f"条款提示 {len(found)} 条")
    return held


def _hints_on(document) -> list[Hint]:
    title = document.title.strip()
    text = document.draft_text
    if re.sub(r"\s", "", title) not in re.sub(r"\s", "", text[: 4 * len(title) + 200]):
        text = f"{title}\n{text}"
    own = document.issuing_authority.kind in _TOWN_KINDS
    return check_text(text, on=today(), level=Level.TOWN if own else Level.COUNTY, repealed=_ended_in_the_portal)


def _ended_in_the_portal(name: str) -> tuple[str, date] | None:
    """What ended a document of the portal and since when, by number or exact title; ``None`` where it is in force."""
    if "〔" in name or "[" in name:
        wanted = Q(document_number=name.replace("[", "〔").replace("]", "〕"))
    else:
        wanted = Q(title=name)
    day = today()
    ended = Q(repealed_on__lte=day) | Q(valid_until__lt=day)
    document = NormativeDocument.objects.filter(wanted, ended, published_on__isnull=False).order_by("-id").first()
    if document is None:
        return None
    if document.repealed_on is not None and document.repealed_on <= day:
        return "已经废止", document.repealed_on
    return "有效期届满后已经失效", document.valid_until


def _keep(held: ClauseCheck, found: list[Hint]) -> None:
    standing = {(hint.at, hint.kind, hint.text): hint for hint in held.hints.all()}
    wanted = {(hint.at, hint.kind, hint.text) for hint in found}
    gone = [hint.pk for key, hint in standing.items() if key not in wanted and hint.is_open]
    ClauseHint.objects.filter(pk__in=gone).delete()
    before = _decided_before(held)
    for place, hint in enumerate(found, start=1):
        if (hint.at, hint.kind, hint.text) in standing:
            continue
        earlier = before.get((hint.kind, hint.text))
        carried = {} if earlier is None else {name: getattr(earlier, name) for name in _CARRIED}
        ClauseHint.objects.create(check_of=held, place=place, **hint.as_dict(), **carried)


_CARRIED = ("decision", "reason", "decided_by_id", "decided_at")


def _decided_before(held: ClauseCheck) -> dict[tuple[str, str], ClauseHint]:
    """Decided hints of the drafts before, the newest decision winning, by kind and words."""
    earlier = (
        ClauseHint.objects.filter(check_of__document_id=held.document_id)
        .exclude(check_of=held)
        .exclude(decision=Decision.OPEN)
        .order_by("decided_at", "id")
    )
    return {(hint.kind, hint.text): hint for hint in earlier}
