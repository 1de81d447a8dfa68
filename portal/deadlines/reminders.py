"""On which day each reminder of a limit falls due. Pure: no database."""

import re
from datetime import date, timedelta

from portal.deadlines.calendar import WorkCalendar
from portal.deadlines.reckoning import Reckoning, as_day

ONE_DAY = timedelta(days=1)
# Days on which the lamp is amber before the planned day, by the unit of the rule.
SOON = {"WD": 3, "WD_BACK": 3, "MONTH": 15, "YEAR": 15, "UNTIL": 90, "DATE": 15}
SOON_OTHERWISE = 3

WORDS = {"overdue": "已逾期", "ended": "期限已届满", "1wd": "还剩 1 个工作日"}


def ladder(reckoning: Reckoning) -> list[dict[str, str]]:
    """The reminders as ``{"step", "on"}``, earliest first; of two on one day only the more urgent stays."""
    limit, begin = reckoning.limit, as_day(reckoning.start)
    by_day: dict[date, str] = {}
    for step in limit.reminders:
        on = _day_of(step, reckoning)
        # A yearly date or a date before an event may have reminders earlier than its "start".
        if on > begin or limit.mode == "DATE" or limit.counts_backward:
            by_day[on] = step
    return [{"step": step, "on": on.isoformat()} for on, step in sorted(by_day.items())]


def soon_from(reckoning: Reckoning) -> date:
    """The day from which the lamp is amber, counted back from the day to plan on."""
    mode = reckoning.limit.mode
    ahead = SOON.get(mode, SOON_OTHERWISE)
    if mode in ("WD", "WD_BACK"):
        return reckoning.calendar.add_working_days(reckoning.act_by, -ahead)
    return reckoning.act_by - timedelta(days=ahead)


def words(step: str) -> str:
    """What a reminder says."""
    if step in WORDS:
        return WORDS[step]
    if share := re.fullmatch(r"(\d+)%", step):
        return f"期限已过 {share[1]}%"
    number, unit = re.fullmatch(r"(\d+)(wd|d)", step).groups()
    return f"还剩 {number} {'个工作日' if unit == 'wd' else '日'}"


def _day_of(step: str, reckoning: Reckoning) -> date:
    calendar: WorkCalendar = reckoning.calendar
    if step in ("overdue", "ended"):
        return as_day(reckoning.effective_end) + ONE_DAY
    if share := re.fullmatch(r"(\d+)%", step):
        return _at_share(int(share[1]), reckoning)
    number, unit = re.fullmatch(r"(\d+)(wd|d)", step).groups()
    if unit == "wd":
        return calendar.add_working_days(reckoning.act_by, -int(number))
    return reckoning.act_by - timedelta(days=int(number))


def _at_share(percent: int, reckoning: Reckoning) -> date:
    """The day on which so much of the period is used up; stopped days use up nothing."""
    begin, end = as_day(reckoning.start), as_day(reckoning.nominal_end)
    calendar, stopped = reckoning.calendar, reckoning.stopped
    working_days_only = reckoning.limit.mode == "WD"

    def uses(day: date) -> bool:
        return day not in stopped and (not working_days_only or calendar.is_working_day(day))

    days = [day for n in range(1, (end - begin).days + 1) if uses(day := begin + timedelta(days=n))]
    wanted = -(-len(days) * percent // 100)
    return days[wanted - 1] if days else end
