"""Who advises an organisation, and whether that is in order."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from portal.capacity.advisers.models import AdviserAppointment
from portal.capacity.keeping import as_day, keeper_of
from portal.capacity.terms import TermQuerySet
from portal.deadlines.lamps import Lamp
from portal.organisations.models import Organisation

SOON_DAYS = 60
"""Days before its end from which an appointment is pointed out, so that the next can be arranged (S1-29.1)."""


def of(organisation: Organisation, on: date) -> TermQuerySet:
    """Appointments in force on that day of the organisation; an office within a town is advised by its town's too.

    :returns: a queryset, first appointed first.
    """
    advised = Q(organisation=organisation) | Q(organisation=keeper_of(organisation))
    return (
        AdviserAppointment.objects.in_force(on)
        .filter(advised)
        .select_related("organisation")
        .order_by("appointed_from", "id")
    )


@dataclass
class Standing:
    """How an organisation stands on a day: who advises it, and which of them ends soon without a successor term."""

    organisation: Organisation
    current: list[AdviserAppointment] = field(default_factory=list)
    ending: list[AdviserAppointment] = field(default_factory=list)

    @property
    def has_none(self) -> bool:
        return not self.current

    @property
    def lamp(self) -> Lamp:
        if self.has_none:
            return Lamp("late", "没有法律顾问")
        return Lamp("soon", "即将到期") if self.ending else Lamp("fine", "在聘")

    @property
    def warning(self) -> str:
        """What to do about it, in one sentence; empty when all is well."""
        if self.has_none:
            return f"{self.organisation.short_name}没有在聘的法律顾问，请聘任后登记。"
        if self.ending:
            named = "、".join(f"{adviser.name}（{as_day(adviser.last_day)}）" for adviser in self.ending)
            return f"聘期即将届满：{named}。请及时续聘或者另聘。"
        return ""


def standings(organisations: Iterable[Organisation], on: date) -> list[Standing]:
    """The standing of each, in one query. Whoever is appointed again right after the end needs no warning."""
    units = list(organisations)
    rows = defaultdict(list)
    wanted = AdviserAppointment.objects.filter(organisation__in=units).exclude(appointed_until__lt=on)
    for adviser in wanted.exclude(ended_on__lt=on).order_by("appointed_from", "id"):
        rows[adviser.organisation_id].append(adviser)
    found = []
    for unit in units:
        current = [adviser for adviser in rows[unit.pk] if adviser.is_in_force(on)]
        later = [adviser for adviser in rows[unit.pk] if adviser.appointed_from > on]
        found.append(Standing(unit, current, [one for one in current if _ends_soon(one, on, later)]))
    return found


def _ends_soon(adviser: AdviserAppointment, on: date, later: list[AdviserAppointment]) -> bool:
    last = adviser.last_day
    if last is None or last > on + timedelta(days=SOON_DAYS):
        return False
    return not any((next_.name, next_.firm) == (adviser.name, adviser.firm) for next_ in later)
