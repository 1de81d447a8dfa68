"""Keeping the register of legal advisers: appointed, changed, ended; and telling who has none or soon none."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from portal.accounts.authority import holders
from portal.audit import verbs
from portal.audit.record import record
from portal.capacity.advisers.models import AdviserAppointment
from portal.capacity.advisers.standing import standings
from portal.capacity.keeping import KEEP_ADVISERS, SEE_ADVISERS, as_day, may_keep, within_sight
from portal.capacity.refusals import EntryRefused
from portal.capacity.terms import TermQuerySet
from portal.notifications.messages import notify_new
from portal.organisations.models import Organisation, OrganisationKind, OrganisationLevel
from portal.workflow.refusals import NotAuthorised

ENTERED = verbs.declare("adviser.entered", "登记法律顾问聘任")
CHANGED = verbs.declare("adviser.changed", "修改法律顾问聘任")
ENDED = verbs.declare("adviser.ended", "提前结束法律顾问聘任")
_ADVISED = (OrganisationKind.COUNTY_GOVERNMENT, OrganisationKind.JUSTICE_BUREAU, OrganisationKind.COUNTY_DEPARTMENT)


def in_sight(person) -> TermQuerySet:
    """Appointments of the person's own unit, and for the county those of its towns."""
    seen = AdviserAppointment.objects.filter(within_sight(person, SEE_ADVISERS, "organisation"))
    return seen.select_related("organisation")


def advised_units(keeper: Organisation):
    """The organisations for which a town (itself) or a county (government, bureaus) enters advisers."""
    if keeper.parent_id is not None:
        return Organisation.objects.filter(pk=keeper.pk)
    return Organisation.objects.within(keeper).filter(kind__in=_ADVISED).order_by("path")


def _check_keeper(by, organisation: Organisation) -> None:
    if not may_keep(by, KEEP_ADVISERS, organisation):
        raise NotAuthorised("您没有登记该机关法律顾问的权限。")


def _refuse_twice(facts: dict, but: int | None = None) -> None:
    same = AdviserAppointment.objects.filter(
        organisation=facts["organisation"], name=facts["name"], firm=facts["firm"]
    ).exclude(pk=but)
    twin = next((one for one in same if one.overlaps(facts["appointed_from"], facts["appointed_until"])), None)
    if twin is not None:
        term = f"{as_day(twin.appointed_from)} 至 {as_day(twin.last_day) or '今'}"
        raise EntryRefused(f"“{twin.name}”（{twin.firm}）已登记聘期 {term}，与这一聘期重叠。")


@transaction.atomic
def enter(*, by, facts: dict) -> AdviserAppointment:
    """Put an appointment on record; ``facts`` are the fields of the form.

    :raises NotAuthorised: not a unit whose records the person keeps. :raises EntryRefused: an overlapping term.
    """
    _check_keeper(by, facts["organisation"])
    Organisation.objects.select_for_update(no_key=True).get(pk=facts["organisation"].pk)
    _refuse_twice(facts)
    adviser = AdviserAppointment.objects.create(**facts)
    _note(ENTERED, adviser, by, f"{adviser}，{adviser.get_kind_display()}，自 {adviser.appointed_from} 起")
    return adviser


@transaction.atomic
def change(adviser: AdviserAppointment, *, by, facts: dict) -> AdviserAppointment:
    """Put right what is on record. :raises EntryRefused: ended before, or the term would overlap another."""
    _check_keeper(by, adviser.organisation)
    _check_keeper(by, facts["organisation"])
    Organisation.objects.select_for_update(no_key=True).get(pk=facts["organisation"].pk)
    held = _held(adviser)
    if held.ended_on:
        raise EntryRefused("聘任已经提前结束，不能再修改；再次聘任的，另行登记。")
    _refuse_twice(facts, but=held.pk)
    changed = [field for field, value in facts.items() if getattr(held, field) != value]
    if changed:
        for field in changed:
            setattr(held, field, facts[field])
        held.save(update_fields=changed)
        labels = "、".join(str(AdviserAppointment._meta.get_field(field).verbose_name) for field in changed)
        _note(CHANGED, held, by, f"{held}：{labels}")
    return held


@transaction.atomic
def end(adviser: AdviserAppointment, *, by, on: date, reason: str) -> AdviserAppointment:
    """End the appointment before its term; ``on`` is the last day.

    :raises EntryRefused: over already, or a day outside the term.
    """
    _check_keeper(by, adviser.organisation)
    held = _held(adviser)
    if held.ended_on:
        raise EntryRefused("聘任已经提前结束。", "on")
    if on < held.appointed_from or (held.appointed_until and on > held.appointed_until):
        raise EntryRefused("结束日期应当在聘期之内。", "on")
    held.ended_on, held.end_reason = on, reason
    held.save(update_fields=["ended_on", "end_reason"])
    _note(ENDED, held, by, f"{held}，至 {on}：{reason}")
    return held


def _held(adviser: AdviserAppointment) -> AdviserAppointment:
    rows = AdviserAppointment.objects.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=adviser.pk)


def _note(verb: str, adviser: AdviserAppointment, by, summary: str) -> None:
    record(verb, by=by, organisation=adviser.organisation, summary=summary, payload={"adviser": str(adviser.public_id)})


def remind(day: date) -> int:
    """Tell the keepers of a unit once a month that it has no adviser, and once of each appointment about to end.

    :returns: how many messages were new. Run daily, harmless when run again.
    """
    units = Organisation.objects.filter(valid_until__isnull=True).order_by("path")
    towns, counties = units.towns(), units.filter(level=OrganisationLevel.COUNTY, parent__isnull=True)
    told = 0
    for standing in standings([*counties, *towns], day):
        if not standing.warning:
            continue
        unit = standing.organisation
        keys = [f"{day:%Y-%m}"] if standing.has_none else [f"{one.pk}:{one.last_day}" for one in standing.ending]
        told += notify_new(
            # The county's people see the gaps of its towns on one page; letters go to whoever can close the gap.
            holders(KEEP_ADVISERS, unit).filter(organisation__path__startswith=unit.path),
            "没有在聘的法律顾问" if standing.has_none else "法律顾问聘期即将届满",
            standing.warning, link=reverse("capacity:home"), key=f"advisers:{unit.pk}:{':'.join(keys)}"[:160],
        )  # fmt: skip
    return told
