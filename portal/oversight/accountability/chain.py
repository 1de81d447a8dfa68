"""The chain of acts behind a file as it stands now: what the procedure, the audit trail and the rooms know."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from portal.accounts.models import PostHolding
from portal.audit import verbs
from portal.audit.models import AuditEntry
from portal.documents.attach import ATTACHED
from portal.moment import SHANGHAI
from portal.workflow.acts import Act, ActKind, acts_of, answerable_kind, tells
from portal.workflow.models import TransitionRecord

MOST_WORDS = 300
_TRAIL = {verbs.OPENED: ActKind.OPENED, verbs.EDITED: ActKind.DRAFTED, ATTACHED: ActKind.DRAFTED}


@tells
def steps_taken(file) -> Iterator[Act]:
    """Every step of the procedure, in the post that its record kept."""
    declared = answerable_kind(file.kind)
    records = TransitionRecord.objects.filter(file_id=file.pk, performed_by__isnull=False)
    records = records.exclude(code__in=declared.told_elsewhere).order_by("pk")
    for record in records.select_related("performed_by", "organisation"):
        yield Act(
            f"step:{record.pk}:{record.code}", declared.steps.get(record.code, ActKind.HANDLED),
            record.occurred_at.astimezone(SHANGHAI).date(), record.label, person=record.performed_by,
            name=record.person_name, post=record.post, unit=record.organisation.name, words=record.note,
            record=f"流转记录 {record.pk}", page="inside:history",
        )  # fmt: skip


@tells
def from_the_trail(file) -> Iterator[Act]:
    """Who opened the file, wrote on it and handed papers in: one act a person, post and day."""
    wanted = _TRAIL | answerable_kind(file.kind).verbs
    entries = AuditEntry.objects.filter(file_id=file.pk, verb__in=wanted, person__isnull=False)
    days: dict[tuple, list[AuditEntry]] = {}
    for entry in entries.select_related("person__organisation").order_by("pk"):
        day = entry.occurred_at.astimezone(SHANGHAI).date()
        days.setdefault((day, entry.verb, entry.person_id, entry.post), []).append(entry)
    for (day, verb, person_id, _), found in days.items():
        first = found[0]
        words = "；".join(dict.fromkeys(entry.summary for entry in found if entry.summary))
        yield Act(
            f"trail:{verb}:{person_id}:{day:%Y%m%d}:{first.pk}", wanted[verb], day, verbs.label(verb),
            person=first.person, name=first.person_name, post=first.post, unit=first.person.organisation.name,
            words=words if len(words) <= MOST_WORDS else f"{words[:MOST_WORDS]}……",
            record=f"审计记录 {first.chain} #{first.sequence}", page="inside:history",
        )  # fmt: skip


def chain_of(file) -> list[Act]:
    """Everything known of a file, each act with name, unit and the post of its day."""
    return _with_posts(acts_of(file))


def _with_posts(acts: Iterable[Act]) -> list[Act]:
    """Fill in what the record itself did not keep; the posts of all people are read at once."""
    acts = list(acts)
    lacking = {act.person.pk for act in acts if act.person is not None and not act.post}
    holdings: dict[int, list[PostHolding]] = {}
    for holding in (
        PostHolding.objects.filter(person__in=lacking).select_related("post__organisation").order_by("post__rank")
    ):
        holdings.setdefault(holding.person_id, []).append(holding)
    roles: dict[int, str] = {}
    return [_complete(act, holdings, roles) for act in acts]


def _complete(act: Act, holdings: dict[int, list[PostHolding]], roles: dict[int, str]) -> Act:
    person = act.person
    if person is None:
        return act
    post = act.post
    if not post:
        held = next(
            (
                one for one in holdings.get(person.pk, ())
                if one.held_from <= act.on and (one.held_until is None or one.held_until >= act.on)
            ),
            None,
        )  # fmt: skip
        if held is None and person.pk not in roles:
            roles[person.pk] = person.role_labels()
        post = str(held.post) if held else roles[person.pk]
    return replace(act, name=act.name or person.full_name, post=post, unit=act.unit or person.organisation.name)


def holdings_of(person):
    """The posts that a person held, newest first."""
    return PostHolding.objects.filter(person=person).select_related("post__organisation").order_by("-held_from", "-pk")
