"""The sentences that explain a counted period, in the order of the arithmetic."""

from datetime import date, timedelta

from portal.deadlines.calendar import WorkCalendar, weekday_name
from portal.deadlines.intervals import Stop
from portal.deadlines.limits import TimeLimit
from portal.deadlines.reckoning import Reckoning, as_day

ONE_DAY = timedelta(days=1)
# Longer spans are told by their ends, not holiday by holiday.
LONGEST_SPAN_WITH_HOLIDAYS = timedelta(days=200)


def explain(reckoning: Reckoning, stops: list[Stop], more: int) -> list[str]:
    """Every step from rule to end day as a sentence."""
    limit, calendar = reckoning.limit, reckoning.calendar
    mark = "（地方示例）" if limit.region and "地方示例" not in limit.citation else ""
    steps = [
        f"规则：{limit.label}，{limit.wording}{mark}。依据：{limit.citation}。",
        _start(reckoning),
    ]
    working_days = limit.mode == "WD"
    if working_days:
        steps += _stops(reckoning, stops)
    steps += _base(reckoning, calendar)
    if more:
        granted = limit.extension
        told = "，并书面告知当事人" if granted.must_notify else ""
        steps.append(
            f"延长：自原期限届满之日 {_day(reckoning.base_end)}起延长 {more}{limit.unit}，"
            f"由{granted.approver}批准{told}（{granted.citation}）；批准和告知应当在原期限届满前完成。"
        )
    if not working_days:
        steps += _stops(reckoning, stops)
        if reckoning.stopped.count(as_day(reckoning.start), as_day(reckoning.nominal_end)):
            steps.append(f"扣除中止的日子后，最后一日：{_day(as_day(reckoning.nominal_end))}。")
    steps += _end(reckoning)
    if reckoning.provisional:
        years = range(reckoning.first_day.year, reckoning.last_day.year + 1)
        missing = "、".join(str(year) for year in years if not calendar.covers(year))
        steps.append(f"暂定：{missing}年放假安排尚未载入，按周一至周五为工作日推算，载入后重新计算。")
    return steps


def explain_stated(limit: TimeLimit, start: date, until: date) -> list[str]:
    """The sentences for a period that a paper states."""
    return [
        f"规则：{limit.label}，{limit.wording}。依据：{limit.citation}。",
        f"起算：{limit.start_event}，{_day(start)}。",
        f"文书载明的最后一日：{_day(until)}，不另行推算。",
    ]


def _day(day: date) -> str:
    return f"{day.isoformat()}（{weekday_name(day)}）"


def _start(reckoning: Reckoning) -> str:
    limit, start = reckoning.limit, reckoning.start
    if limit.counts_backward:
        return f"基准日：{limit.start_event}，{_day(as_day(start))}；向前推算，当日不计入。"
    if limit.mode == "HOUR":
        return f"起算：{limit.start_event}，{start.isoformat()}；自该时刻开始计算（《民法典》第二百零一条）。"
    if limit.mode == "DATE":
        return f"年份：{as_day(start).year}年；本期限是每年的固定日期。"
    if limit.mode == "UNTIL":
        return f"起算：{limit.start_event}，{_day(start)}；当日即有效。"
    first = _day(as_day(start) + ONE_DAY)
    return f"起算：{limit.start_event}，{_day(as_day(start))}；当日不计入，自 {first}起算。"


def _base(reckoning: Reckoning, calendar: WorkCalendar) -> list[str]:
    limit, start = reckoning.limit, as_day(reckoning.start)
    first, last = reckoning.first_day, reckoning.last_day
    steps = []
    if limit.mode in ("WD", "WD_BACK"):
        inner_first = first + ONE_DAY
        inner_last = last - ONE_DAY if limit.mode == "WD_BACK" else last
        steps += _holidays(calendar, inner_first, inner_last)
    if limit.mode == "WD":
        if reckoning.base_end:
            steps.append(f"第 {limit.length} 个工作日：{_day(reckoning.base_end)}。")
    elif limit.mode in ("CAL", "CAL_MAX"):
        steps.append(f"按日历日计算，法定休假日也计入；第 {limit.length} 日：{_day(reckoning.base_end)}。")
    elif limit.mode in ("MONTH", "YEAR"):
        if reckoning.base_end.day == start.day:
            last = f"到期月的对应日 {_day(reckoning.base_end)}为最后一日"
        else:
            last = f"到期月没有对应日，以月末日 {_day(reckoning.base_end)}为最后一日"
        steps.append(f"{limit.length}{limit.unit}：{last}（《民法典》第二百零二条）。")
    return steps


def _holidays(calendar: WorkCalendar, first: date, last: date) -> list[str]:
    if last - first > LONGEST_SPAN_WITH_HOLIDAYS:
        return []
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    sentences = []
    off = _runs([day for day in days if calendar.is_holiday(day)], calendar)
    if off:
        sentences.append(f"放假不计入：{'；'.join(off)}。")
    made_up = [day for day in days if calendar.is_makeup(day)]
    if made_up:
        sentences.append(f"调休上班计入：{'、'.join(_day(day) for day in made_up)}。")
    return sentences


def _runs(days: list[date], calendar: WorkCalendar) -> list[str]:
    """Neighbouring days of one holiday as one phrase."""
    phrases: list[list[date]] = []
    for day in days:
        if phrases and day - phrases[-1][-1] == ONE_DAY and calendar.name(day) == calendar.name(phrases[-1][-1]):
            phrases[-1].append(day)
        else:
            phrases.append([day])
    return [f"{calendar.name(run[0])} {_span(run[0], run[-1])}" for run in phrases]


def _span(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()} 至 {last.isoformat()}"


def _stops(reckoning: Reckoning, stops: list[Stop]) -> list[str]:
    if not stops:
        return []
    limit, start = reckoning.limit, as_day(reckoning.start)
    given = "、".join(f"{first.isoformat()} 至 {last.isoformat()}" for first, last in stops)
    inside = reckoning.stopped.within(start, as_day(reckoning.nominal_end))
    rule = limit.suspension
    asked = "；应当书面告知" if rule.written_notice else ""
    once = "；重叠的只扣一次" if len(stops) > 1 else ""
    head = f"中止：{given}（{'、'.join(rule.events)}；{rule.citation}{asked}）。"
    if not inside:
        return [head + "中止的日子都不在期限之内，不影响期限。"]
    left_out = "、".join(_span(first, last) for first, last in inside)
    days = sum((last - first).days + 1 for first, last in inside)
    return [head + f"开始当日计入，不计入的是 {left_out}，共 {days} 日{once}。"]


def _end(reckoning: Reckoning) -> list[str]:
    limit, calendar = reckoning.limit, reckoning.calendar
    nominal, effective = reckoning.nominal_end, reckoning.effective_end
    if limit.mode == "HOUR":
        return [f"届满：{effective.isoformat()}；不因休假日顺延。"]
    end = _day(effective)
    if limit.mode == "DATE":
        return [f"最后一日：{end}；固定日期不顺延，最后一个工作日是 {_day(reckoning.last_workday)}。"]
    if limit.mode == "UNTIL":
        return [f"有效期至 {end} 24时；这是推算的建议，以文件上印明的日期为准，不顺延。"]
    if limit.mode == "CAL_MAX":
        return [
            f"最后一日：{end}；限制措施的最长期限不因休假日顺延。",
            f"应当在 {_day(reckoning.act_by)}之前作出处理：{limit.at_expiry}。",
        ]
    if limit.mode == "MONTH_BACK":
        return [f"自 {end}起应当着手；此前最后一个工作日是 {_day(reckoning.last_workday)}。"]
    if limit.counts_backward:
        unit = "个工作日" if limit.mode == "WD_BACK" else "日"
        steps = [f"两日之间须有 {limit.length} {unit}的完整间隔，最迟 {end}完成。"]
        if reckoning.last_workday != effective:
            steps.append(f"该日不是工作日，实际最迟在最后一个工作日 {_day(reckoning.last_workday)}完成。")
        return steps
    steps = []
    if nominal != effective:
        why = calendar.name(nominal) or "周末"
        if limit.is_minimum:
            steps.append(f"{_day(nominal)}是休假日（{why}），最低期限延至其后第一个工作日 {end}。")
        else:
            steps.append(
                f"{_day(nominal)}是休假日（{why}），以休假日结束的次日 {end}为最后一日（《民法典》第二百零三条）。"
            )
            steps.append(f"顺延保护的是当事人；办理机关应当按 {_day(reckoning.act_by)}安排。")
    elif calendar.is_makeup(nominal):
        steps.append(f"{_day(nominal)}调休上班，不是休假日，不顺延。")
    ends = "期满日" if limit.is_minimum else "届满日"
    steps.append(f"{ends}：{end} 24时；有业务时间的，到停止业务活动的时间为止。")
    return steps
