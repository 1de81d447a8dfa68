"""A yearly holiday notice as lines of text: pasted from the notice itself, typed, or uploaded.

A line is 「名称，首日，末日，调休上班日」 (several make-up days apart by blanks), or a sentence of the notice
as the State Council prints it: 「二、春节：2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）上班。」
"""

import json
import re
from collections.abc import Iterable
from datetime import date, timedelta

from portal.deadlines.calendar import Notice, NoticeDay, read_notice

HEAD = "名称,首日,末日,调休上班日"
ONE_DAY = timedelta(days=1)
_SENTENCE = re.compile(
    r"^(?:[一二三四五六七八九十]+、)?(?P<name>[^：:，,\d]+)[：:]\s*"
    r"(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日(?:（[^）]*）)?"
    r"(?:至(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日(?:（[^）]*）)?)?"
    r"[^。；]*放假(?P<rest>.*)$"
)
_WORKED = re.compile(r"(?:(\d{1,2})月)?(\d{1,2})日(?:（[^）]*）)?(?=[^。；]*上班)")


def read_lines(text: str, year: int, title: str, source: str) -> Notice:
    """The notice of a year from lines of text, or from the text of a TOML file of the portal's own form.

    :raises ValueError: a line that cannot be read, with its number, in Chinese; days that contradict themselves.
    """
    if "[[holiday]]" in text:
        notice = read_notice(text)
        if notice.year != year:
            raise ValueError(f"文件写的是 {notice.year} 年，与所选的 {year} 年不一致。")
        return notice
    holidays = []
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip().lstrip("\ufeff")
        if not line or line.replace("，", ",").startswith("名称,"):
            continue
        try:
            holidays.append(_sentence(line, year) or _listed(line))
        except ValueError as unreadable:
            raise ValueError(f"第 {number} 行无法识别：{line[:40]}（{unreadable}）") from unreadable
    if not holidays:
        raise ValueError("没有写明任何放假安排。")
    return read_notice(_toml(year, title, source, holidays))


def _sentence(line: str, year: int):
    found = _SENTENCE.match(line)
    if not found:
        return None
    first = _day(year, found["m1"], found["d1"])
    last = _day(year, found["m2"] or found["m1"], found["d2"]) if found["d2"] else first
    worked, month = [], found["m2"] or found["m1"]
    for named_month, day in _WORKED.findall(found["rest"]):
        month = named_month or month
        worked.append(_day(year, month, day))
    return found["name"].strip(), first, last, worked


def _listed(line: str):
    parts = [part.strip() for part in re.split(r"[,，\t]", line)]
    if len(parts) < 3 or not parts[0]:
        raise ValueError("应当写成：名称，首日，末日，调休上班日")
    worked = [_iso(text) for part in parts[3:] for text in part.split()]
    return parts[0], _iso(parts[1]), _iso(parts[2]), worked


def _day(year: int, month: str, day: str) -> date:
    try:
        return date(year, int(month), int(day))
    except ValueError as wrong:
        raise ValueError(f"没有 {month}月{day}日 这一天") from wrong


def _iso(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise ValueError(f"“{text}”不是日期，请写成 2026-10-01") from wrong


def _toml(year: int, title: str, source: str, holidays) -> str:
    def quoted(text):
        return json.dumps(text, ensure_ascii=False)

    lines = [f"year = {year}", f"title = {quoted(title)}", f"source = {quoted(source)}"]
    for name, first, last, worked in holidays:
        makeup = ", ".join(day.isoformat() for day in worked)
        lines += ["[[holiday]]", f"name = {quoted(name)}", f"off = [{first}, {last}]", f"makeup = [{makeup}]"]
    return "\n".join(lines)


def as_lines(days: Iterable[tuple[date, NoticeDay]]) -> str:
    """The days of a notice as lines again, for correcting them or carrying them through a preview."""
    spans: list[list] = []  # [name, first, last, worked days]
    worked: dict[str, list[date]] = {}
    for day, named in sorted(days):
        if named.is_workday:
            worked.setdefault(named.name, []).append(day)
        elif spans and spans[-1][0] == named.name and day - spans[-1][2] == ONE_DAY:
            spans[-1][2] = day
        else:
            spans.append([named.name, day, day])
    lines = [HEAD]
    for name, first, last in spans:
        makeup = " ".join(day.isoformat() for day in worked.pop(name, []))
        lines.append(f"{name},{first},{last},{makeup}")
    return "\n".join(lines)
