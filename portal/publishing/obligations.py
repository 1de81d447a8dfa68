"""The obligation register (应公开事项): what must be public, since when, by when, and whether it is.

Computed, never kept: from the faces, the steps taken and the clocks. Basis of each line is its face's.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from portal.casefiles.models import CaseFile, Disclosure
from portal.deadlines.lamps import Lamp
from portal.deadlines.models import Deadline
from portal.moment import today
from portal.publishing.faces import PublicFace, all_faces, face_of
from portal.publishing.models import Publication
from portal.workflow.models import TransitionRecord


@dataclass(frozen=True)
class Duty:
    """One file that must be public. ``due_on`` is ``None`` where no clock was ever started for it."""

    file: CaseFile
    face: PublicFace
    since: date
    due_on: date | None
    lamp: Lamp | None
    published_on: date | None

    @property
    def is_late(self) -> bool:
        """Published after the last day, or not yet and the last day is past."""
        return self.due_on is not None and (self.published_on or today()) > self.due_on


def obliged(person) -> QuerySet[CaseFile]:
    """Files in the person's sight whose duty to be published has begun, with ``duty_since`` (a moment)."""
    kinds = Q(pk__in=[])
    events = Q(pk__in=[])
    for face in all_faces():
        if face.obligation is not None:
            kinds |= Q(kind=face.kind)
            events |= Q(file__kind=face.kind, code__in=face.obligation.after)
    begun = TransitionRecord.objects.filter(events, file_id=OuterRef("pk")).order_by("-id")
    return (
        CaseFile.objects.visible_to(person)
        .filter(kinds, disclosure=Disclosure.PROACTIVE)
        .annotate(duty_since=Subquery(begun.values("occurred_at")[:1]))
        .filter(duty_since__isnull=False)
    )


def unpublished(person) -> QuerySet[CaseFile]:
    """Of these, what the public does not see."""
    return obliged(person).filter(~Exists(Publication.objects.live().filter(file_id=OuterRef("pk"))))


def published_late(person) -> QuerySet[CaseFile]:
    """Of these, what went out after its last day."""
    clocks = Deadline.objects.filter(file_id=OuterRef("pk"), code__in=_limits()).order_by("-id")
    live = Publication.objects.live().filter(file_id=OuterRef("pk"))
    return (
        obliged(person)
        .annotate(due_on=Subquery(clocks.values("effective_end")[:1]), out_on=Subquery(live.values("published_on")[:1]))
        .filter(out_on__gt=F("due_on"))
    )


def duties(files: list[CaseFile]) -> list[Duty]:
    """The duties of these files (as given by :func:`obliged`), in their order, with two queries for all."""
    keys = [file.pk for file in files]
    out = dict(
        Publication.objects.live().filter(file_id__in=keys).values_list("file_id").annotate(on=Max("published_on"))
    )
    clocks = {}
    for clock in Deadline.objects.filter(file_id__in=keys, code__in=_limits()).order_by("id"):
        clocks[clock.file_id, clock.code] = clock
    return [_duty(file, face_of(file.kind), clocks, out.get(file.pk)) for file in files]


def _duty(file: CaseFile, face: PublicFace, clocks: dict, published_on: date | None) -> Duty:
    clock = clocks.get((file.pk, face.obligation.limit))
    return Duty(
        file=file,
        face=face,
        since=timezone.localtime(file.duty_since).date(),
        due_on=clock.effective_end if clock else None,
        lamp=clock.lamp(today()) if clock else None,
        published_on=published_on,
    )


def _limits() -> list[str]:
    return [face.obligation.limit for face in all_faces() if face.obligation is not None]
