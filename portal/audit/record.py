"""Writing one audit entry."""

from portal.audit import verbs
from portal.audit.context import current
from portal.audit.models import AuditEntry
from portal.moment import now


def record(verb: str, *, by=None, file=None, organisation=None, summary: str = "", payload: dict | None = None):
    """Record an act, in the caller's transaction: the act rolls back, so does its record.

    The chain is the file's; without a file the organisation's; without either the system's. The post is
    that of the day of the act.

    :raises ValueError: a verb outside the vocabulary.
    """
    if not verbs.is_declared(verb):
        raise ValueError(f"audit verb {verb!r} is not declared")
    context = current()
    person = by if by is not None else context.person
    if not getattr(person, "is_authenticated", False):
        person = None
    moment = now()
    if file is not None:
        chain, place = f"file:{file.pk}", organisation.pk if organisation is not None else file.organisation_id
    elif organisation is not None:
        chain, place = f"org:{organisation.pk}", organisation.pk
    else:
        chain, place = "system", None
    return AuditEntry.objects.create(
        chain=chain,
        verb=verb,
        person=person,
        person_name=person.full_name if person else "",
        post=person.post_on(moment.date()) if person else "",
        organisation_id=place,
        file_id=file.pk if file is not None else None,
        summary=summary[:400],
        payload=payload or {},
        request_id=context.request_id,
        occurred_at=moment,
        recorded_at=moment,
    )
