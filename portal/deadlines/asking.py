"""One question about a limit, as a command line or a line of a batch puts it, and its answer as plain data."""

from collections.abc import Iterable
from datetime import date, datetime

from portal.deadlines.calendar import WorkCalendar
from portal.deadlines.counting import BadPeriod, reckon
from portal.deadlines.intervals import Stop
from portal.deadlines.limits import LimitError
from portal.deadlines.reckoning import Reckoning, as_day
from portal.deadlines.rules import registry, resolve
from portal.deadlines.stored import stored_calendar

DEFAULT_REGION = "云溪县"
NATION = "全国"


def ask(
    code: str, start: str, *, extend: bool = False, suspend: Iterable[str] = (), region: str = DEFAULT_REGION
) -> Reckoning:
    """Count one limit from text; a :class:`LimitError` with a Chinese message when that cannot be done.

    ``start`` is an ISO date (or moment, for limits in hours), each of ``suspend`` is ``FROM:TO``;
    ``region`` is a county's name, or 全国 for the national rules alone.
    """
    slug = "" if region == NATION else registry().region(region).slug
    begin = _moment(start)
    limit = resolve(code, as_day(begin), slug or None)
    calendar: WorkCalendar = stored_calendar(slug)
    return reckon(
        limit,
        begin if limit.mode == "HOUR" else as_day(begin),
        calendar=calendar,
        extend=extend,
        suspensions=[_stop(text) for text in suspend],
    )


def answer(question: dict) -> dict:
    """The answer to a line of a batch; an error takes the place of the dates."""
    code, start = question.get("code"), question.get("start")
    try:
        return _ask_line(question).as_json()
    except LimitError as error:
        return {"code": code, "start": start, "error": str(error)}


def _ask_line(question: dict) -> Reckoning:
    code, start, suspend = question.get("code"), question.get("start"), question.get("suspend") or []
    extend, region = question.get("extend") or False, question.get("region") or DEFAULT_REGION
    if not isinstance(code, str) or not isinstance(start, str):
        raise BadPeriod("每行须有 code 和 start，都是文字。")
    if not isinstance(suspend, list) or not all(isinstance(text, str) for text in suspend):
        raise BadPeriod('suspend 应当是 ["起:止"] 的列表。')
    if not isinstance(extend, bool) or not isinstance(region, str):
        raise BadPeriod("extend 应当是 true 或者 false，region 应当是文字。")
    return ask(code, start, extend=extend, suspend=suspend, region=region)


def _moment(text: str) -> date | datetime:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise BadPeriod(f"“{text}”不是日期，应当写作 2026-09-18。") from error


def _stop(text: str) -> Stop:
    try:
        first, last = (date.fromisoformat(part) for part in text.split(":"))
    except ValueError as error:
        raise BadPeriod(f"“{text}”不是中止期间，应当写作 2026-09-22:2026-10-12。") from error
    return first, last
