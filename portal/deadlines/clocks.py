"""Starting, stopping, suspending, resuming and extending clocks. Each act is audited in its own transaction.

Dates are always counted from the frozen rule, the start and the recorded stops; nothing is added up by hand.
"""

from datetime import date, datetime

from django.db import transaction

from portal.audit import verbs
from portal.audit.record import record
from portal.deadlines.calendar import WorkCalendar
from portal.deadlines.counting import BadPeriod, NoLawfulSuspension, reckon, stated
from portal.deadlines.lamps import days_late
from portal.deadlines.limits import LimitError, TimeLimit
from portal.deadlines.models import Deadline, Extension, Suspension
from portal.deadlines.reckoning import Reckoning, as_day
from portal.deadlines.reminders import ladder, soon_from
from portal.deadlines.rules import registry, resolve
from portal.deadlines.stored import stored_calendar

STARTED = verbs.declare("deadline.started", "期限起算")
MET = verbs.declare("deadline.met", "期限办结")
LAPSED = verbs.declare("deadline.lapsed", "期限届满未办")
REOPENED = verbs.declare("deadline.reopened", "期限继续计算")
CANCELLED = verbs.declare("deadline.cancelled", "期限撤销")
SUSPENDED = verbs.declare("deadline.suspended", "期限中止")
RESUMED = verbs.declare("deadline.resumed", "期限恢复")
EXTENDED = verbs.declare("deadline.extended", "期限延长")


class ClockError(LimitError):
    """The clock is not in a state in which this can be done."""


def region_of(file) -> str:
    """The profile of rules that holds for the file's organisation; empty where only national rules do."""
    region = file.organisation.region
    return region if region in registry().regions else ""


@transaction.atomic
def start_clock(file, code: str, on: date | datetime, by, *, about: str = "", until: date | None = None) -> Deadline:
    """Start a clock from its legal event (not from the moment of entry).

    ``on`` is the day of the event (a moment for limits in hours; the coming event for limits counted
    back). ``until`` is the day a paper states, for limits without number in law. Raises a
    :class:`LimitError` when there is no rule for that day, or the same clock already runs.
    """
    region = region_of(file)
    limit = resolve(code, as_day(on), region or None)
    if _open(file, code, about).exists():
        raise ClockError(f"“{limit.label}”已在计算中，不能重复起算。")
    calendar = stored_calendar(region)
    if until is not None:
        reckoning = stated(limit, as_day(on), until, calendar=calendar)
    else:
        reckoning = reckon(limit, on, calendar=calendar)
    clock = Deadline(
        file=file,
        code=code,
        about=about,
        label=limit.label,
        start_on=as_day(on),
        start_at=on if isinstance(on, datetime) else None,
        start_event=limit.start_event,
        stated_until=until,
        region=region,
        rule=limit.frozen(),
        binds_office=limit.ours,
    )
    write_dates(clock, reckoning)
    clock.save()
    _record(STARTED, clock, by, f"自 {clock.start_on} 起算，至 {clock.effective_end}")
    return clock


@transaction.atomic
def stop_clock(file, code: str, on: date, by, *, about: str = "") -> Deadline | None:
    """The duty was done on that day: the clock is met, late or not. ``None`` when no such clock is open."""
    clock = _locked_open(file, code, about)
    if clock is None:
        return None
    if on < clock.start_on and not clock.limit.counts_backward and clock.limit.mode != "DATE":
        raise ClockError(f"办结日 {on} 早于起算日 {clock.start_on}。")
    _close_open_stop(clock, on)
    clock.state, clock.met_on, clock.next_reminder_on = Deadline.State.MET, on, None
    clock.finished_late_by = _late_units(clock, on)
    clock.save()
    late = f"，逾期 {clock.finished_late_by}" if clock.finished_late_by else ""
    _record(MET, clock, by, f"{on} 办结{late}")
    return clock


@transaction.atomic
def lapse_clock(file, code: str, by, *, reason: str, about: str = "") -> Deadline:
    """Note that the period ran out with nothing done (失权、视为放弃). A person decides this, never the sweep."""
    clock = _the_open(file, code, about)
    clock.state, clock.next_reminder_on = Deadline.State.MISSED, None
    clock.save()
    _record(LAPSED, clock, by, f"{clock.effective_end} 届满未办：{reason}")
    return clock


@transaction.atomic
def cancel_clock(file, code: str, by, *, reason: str, about: str = "") -> Deadline:
    """The clock no longer applies, or was started in error. It stays on the file, marked cancelled."""
    clock = _the_open(file, code, about)
    clock.state, clock.next_reminder_on = Deadline.State.CANCELLED, None
    clock.save()
    _record(CANCELLED, clock, by, f"撤销：{reason}")
    return clock


@transaction.atomic
def reopen_clock(file, code: str, by, *, reason: str, about: str = "") -> Deadline | None:
    """What counted as done was not (a filing returned as incomplete): the newest met clock runs on, same end."""
    clock = (
        Deadline.objects.select_for_update()
        .filter(file_id=file.pk, code=code, about=about, state=Deadline.State.MET)
        .order_by("-id")
        .first()
    )
    if clock is None or _open(file, code, about).exists():
        return None
    clock.state, clock.met_on, clock.finished_late_by = Deadline.State.RUNNING, None, 0
    write_dates(clock, count_again(clock))
    clock.save()
    _record(REOPENED, clock, by, f"继续计算：{reason}")
    return clock


def restart_clock(file, code: str, on: date, by, *, reason: str, about: str = "") -> Deadline:
    """A new start instead of the old one (补正后重新起算). A restart is no suspension: nothing is carried over."""
    with transaction.atomic():
        cancel_clock(file, code, by, reason=f"重新起算：{reason}", about=about)
        return start_clock(file, code, on, by, about=about)


@transaction.atomic
def suspend(clock: Deadline, on: date, *, reason: str, approver, by, letter: str = "") -> Suspension:
    """Stop the clock from that day (the day itself still counts).

    Only for the events the rule names; where the law wants written notice, ``letter`` names it.
    """
    clock = _locked(clock)
    rule = clock.limit.suspension
    if rule is None:
        why = clock.limit.no_suspension or f"{clock.citation}没有规定可以扣除的期间"
        raise NoLawfulSuspension(f"“{clock.label}”不能中止：{why}。依据：{clock.citation}。")
    if clock.state != Deadline.State.RUNNING:
        raise ClockError(f"“{clock.label}”{clock.get_state_display()}，不能中止。")
    if not clock.start_on <= on <= clock.effective_end:
        raise BadPeriod(f"中止之日应当在 {clock.start_on} 至 {clock.effective_end} 之间。")
    if rule.written_notice and not letter:
        raise ClockError(f"中止应当书面告知当事人（{rule.citation}），请填写告知文书。")
    stop = Suspension.objects.create(deadline=clock, from_on=on, reason=reason, approved_by=approver, letter=letter)
    clock.state, clock.next_reminder_on = Deadline.State.SUSPENDED, None
    clock.save()
    _record(SUSPENDED, clock, by, f"自 {on} 中止：{reason}", approver=approver.pk, letter=letter)
    return stop


@transaction.atomic
def resume(clock: Deadline, on: date, *, by) -> Deadline:
    """Let the clock run again; that day is the last one left out."""
    clock = _locked(clock)
    if clock.state != Deadline.State.SUSPENDED:
        raise ClockError(f"“{clock.label}”没有中止，不能恢复。")
    was = clock.effective_end
    _close_open_stop(clock, on)
    _record(RESUMED, clock, by, f"{on} 恢复计算，届满日 {was} → {clock.effective_end}", old=str(was))
    return clock


@transaction.atomic
def extend(
    clock: Deadline, *, reason: str, approver, by, on: date, letter: str = "", length: int | None = None
) -> Extension:
    """Lengthen the period once, from its nominal end, by ``length`` units or the most the law allows.

    Approved on ``on``, which must not be later than the end of the unextended period.
    """
    clock = _locked(clock)
    if clock.state != Deadline.State.RUNNING:
        raise ClockError(f"“{clock.label}”{clock.get_state_display()}，不能延长。")
    if Extension.objects.filter(deadline=clock).exists():
        raise ClockError(f"“{clock.label}”已经延长过一次。")
    limit = clock.limit
    new = reckon(
        limit,
        clock.start_at or clock.start_on,
        calendar=stored_calendar(clock.region),
        extend=True,
        extend_by=length,
        suspensions=_closed_stops(clock),
    )
    if on > clock.nominal_end:
        raise BadPeriod(f"延长应当在期限届满（{clock.nominal_end}）之前批准；{on} 已经届满。")
    if limit.extension.must_notify and not letter:
        raise ClockError(f"延长应当告知当事人（{limit.extension.citation}），请填写告知文书。")
    granted = Extension.objects.create(
        deadline=clock,
        length=limit.extension.length if length is None else length,
        approved_on=on,
        reason=reason,
        approved_by=approver,
        letter=letter,
    )
    was = clock.effective_end
    write_dates(clock, new)
    clock.save()
    _record(
        EXTENDED, clock, by, f"延长 {granted.length}{limit.unit}，届满日 {was} → {clock.effective_end}：{reason}",
        old=str(was), approver=approver.pk, letter=letter,
    )  # fmt: skip
    return granted


def count_again(clock: Deadline, calendar: WorkCalendar | None = None) -> Reckoning:
    """The reckoning of a clock as its rule, stops and extension stand, on this calendar."""
    calendar = calendar or stored_calendar(clock.region)
    limit: TimeLimit = clock.limit
    if clock.stated_until is not None:
        return stated(limit, clock.start_on, clock.stated_until, calendar=calendar)
    granted = getattr(clock, "extension", None)
    return reckon(
        limit,
        clock.start_at or clock.start_on,
        calendar=calendar,
        extend_by=granted.length if granted else None,
        suspensions=_closed_stops(clock),
    )


def write_dates(clock: Deadline, reckoning: Reckoning) -> None:
    """Put a reckoning into the clock's columns; the caller saves."""
    clock.nominal_end = as_day(reckoning.nominal_end)
    clock.effective_end = as_day(reckoning.effective_end)
    clock.act_by = reckoning.act_by
    clock.soon_from = soon_from(reckoning)
    clock.provisional = reckoning.provisional
    clock.steps = list(reckoning.steps)
    clock.ladder = ladder(reckoning)
    sent = set(clock.reminders.values_list("step", flat=True)) if clock.pk else set()
    clock.next_reminder_on = next_reminder(clock.ladder, sent) if clock.state == Deadline.State.RUNNING else None


def next_reminder(steps: list[dict[str, str]], sent: set[str]) -> date | None:
    """The day of the earliest reminder not yet sent."""
    days = [date.fromisoformat(step["on"]) for step in steps if step["step"] not in sent]
    return min(days, default=None)


def _open(file, code: str, about: str):
    return Deadline.objects.open().filter(file_id=file.pk, code=code, about=about)


def _locked_open(file, code: str, about: str) -> Deadline | None:
    clock = _open(file, code, about).select_for_update().first()
    if clock is not None:
        clock.file = file  # at hand already
    return clock


def _the_open(file, code: str, about: str) -> Deadline:
    clock = _locked_open(file, code, about)
    if clock is None:
        raise ClockError(f"本案没有正在计算的期限“{code}”。")
    return clock


def _locked(clock: Deadline) -> Deadline:
    return Deadline.objects.select_for_update().get(pk=clock.pk)


def _closed_stops(clock: Deadline) -> list[tuple[date, date]]:
    return [(stop.from_on, stop.until_on) for stop in clock.suspensions.all() if stop.until_on is not None]


def _close_open_stop(clock: Deadline, on: date) -> None:
    if clock.state != Deadline.State.SUSPENDED:
        return
    stop = clock.suspensions.get(until_on__isnull=True)
    if on < stop.from_on:
        raise BadPeriod(f"恢复之日 {on} 早于中止之日 {stop.from_on}。")
    stop.until_on = on
    stop.save()
    clock.state = Deadline.State.RUNNING
    write_dates(clock, count_again(clock))
    clock.save()


def _late_units(clock: Deadline, on: date) -> int:
    """By how much an office's own duty was late, at least one unit once the day is past."""
    if not clock.binds_office or clock.rule["direction"] == "min" or on <= clock.effective_end:
        return 0
    return max(1, days_late(clock, on))


def _record(verb: str, clock: Deadline, by, summary: str, **payload) -> None:
    record(
        verb,
        by=by,
        file=clock.file,
        summary=f"{clock.label}：{summary}",
        payload={"deadline": clock.pk, "code": clock.code, "effective_end": str(clock.effective_end), **payload},
    )
