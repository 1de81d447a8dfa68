"""Clauses of commencement and validity, and the meeting that adopted the text.

Only clauses about the document itself count: their subject is 本办法, its own title, or nothing at all
(现予印发，自…起施行). The validity of licences, the commencement of cited laws and of single articles do not.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from normative_docs.importing.dates import NUMERAL, add_months, day_after, find_dates, last_day_of_term, small_number
from normative_docs.importing.masking import DATE, NUMBER, OWN, TITLE, Masked

_KIND = (
    "办法|规定|细则|规则|条例|规程|方案|意见|通知|公告|通告|决定|制度|标准|目录|清单|规划|计划|要点|措施|政策|准则|守则|规范|指引|指南|章程|"
    "预案|批复|函|法|解释|文件|文|令|基准|导则|要求|程序|机制|公约|流程|举措|纲要|须知"
)
SELF = (
    rf"(?:[本该][^，。；、：\s]{{0,8}}?(?:{_KIND})(?:[（(][^）)]{{1,8}}[）)])?|此件|本件"
    rf"|(?:以上|上述)[^，。；]{{0,8}}?(?:{_KIND}|规定|事项)|{OWN}(?:[（(]{NUMBER}[）)])?)"
)
_ISSUE = (
    r"(?:公开发布|公布|发布|颁布|印发|发文|下发|颁发|签发|出台|颁行|行文|公告|发出|下达|签署|正式印发|正式发布|公开)"
)
_ADOPTION = (
    r"(?:[^，。；自从\s]{0,24}(?:会议|委员会|政府|大会)?[^，。；自从\s]{0,8})?(?:通过|批准|备案|审议通过|登记|审查)"
)
ISSUED = rf"(?:{SELF})?(?:正式)?(?:{_ISSUE})(?:{SELF})?之?日|即日|今日|(?:{_ISSUE})次日"
WHEN = rf"(?P<when>{DATE}|{ISSUED}|{_ADOPTION}之?日)"
_DELAY = rf"(?:(?:届)?满)?(?P<delay>{NUMERAL})个?(?P<unit>工作日|日|天|月|年)(?:之?后|以后|后起|起)?"
_FORCE = r"(?:施行|实施|执行|生效|试行|实行|起效|启用)"
EFFECTIVE = re.compile(
    rf"(?P<from>自|从|于|由)?{WHEN}(?:起|开始|始)*(?:{_DELAY})?(?:起|开始)*[，,]?(?:正式|开始|全面|统一|起|同时|施)?{_FORCE}"
)
_WHEN_LABEL = re.compile(
    rf"^{SELF}?(?:的)?(?:施行|实施|执行|生效|试行)(?:日期|时间)(?:为|是|：|:)?(?:自|从)?(?P<when>{DATE})"
)
_VALID = re.compile(
    rf"(?P<term>(?:试行|暂行)?有效(?:期|期限|时间)(?!满|届|内|限内)[^，,。；]*|(?:试行|暂行|施行|实施|执行)(?:期限|期|时间)(?:为|是|暂定|暂定为)?{NUMERAL}(?:个月|年|个年度)[^，,。；]*"
    rf"|(?:试行|暂行|有效)(?:期|时间)?(?:为)?{NUMERAL}(?:个月|年)|长期有效)"
)
_SPAN = re.compile(
    rf"(?P<span>(?:自|从)?(?P<first>{DATE})(?:起)?[，,]?(?:正式)?(?:施行|实施|执行|生效|试行)?[，,]?(?:有效)?(?:至|到|—|－|-|~)(?P<last>{DATE})(?:止|终止|结束|有效|失效|废止)*(?:施行|实施|执行|期间?有效)?)"
)
_UNTIL = re.compile(
    rf"(?P<until>(?:施行|实施|执行|试行|有效|延期|延续|沿用|延长)(?:执行|实施|有效)?(?:至|到)(?P<last>{DATE})(?:止|终止|失效|废止)?)"
)
_LAPSE = re.compile(
    rf"(?P<lapse>(?:至|于|到|自)?(?P<last>{DATE})(?:起|止|之?后)?(?:自动|自行|自然)?(?:失效|废止|终止))$"
)
_END_DATE = re.compile(
    rf"(?:至|到|截至|截止|截止到|延至|—|－|-|~)[：:为到至]?(?P<last>{DATE})|(?P<stop>{DATE})(?:止|终止|失效|废止|期满|届满|到期)"
)
_TERM = re.compile(rf"(?P<count>{NUMERAL})(?P<unit>年|个月)")
_OWNING = re.compile(rf"^(?:{SELF})?(?:的|其)?$")
_PRESENTING = re.compile(
    rf"{SELF}|现予|现将|现印发|现发布|予以|请(?:遵照|认真|结合|严格|按照|贯彻|各)|印发给|负责解释|继续(?:有效|执行|实施|施行|适用)|延长|审议通过|同意|特此"
)
_MEETING = re.compile(
    r"(?:(?:已|业)?经(?:过)?|[，,（(]|^|于)(?P<meeting>[^，,。；（）()《》]{0,60}?(?:会议|会(?!议)))[^，,。；会]{0,12}?(?:审议|讨论|研究|修订|表决|修改|集体)*(?:通过|同意|决定|审定|批准)"
)
_MEETING_LINE = re.compile(r"^[（(]?(?P<meeting>[^。《》]{4,80}?会议)[^。]{0,8}?(?:通过|修订|批准)")


@dataclass(frozen=True)
class Moment:
    """When something takes effect: a printed date, or one that hangs on the day of issue or adoption."""

    printed: str
    day: date | None
    hangs_on: str = "date"
    delay: int = 0
    unit: str = ""

    def resolve(self, issued_on: date | None) -> date | None:
        """The day, counted from the day of issue; None where that is unknown or the delay is in working days."""
        if self.hangs_on == "date":
            return self.day
        if self.hangs_on != "issue" or issued_on is None or "工作日" in self.unit:
            return None
        if self.unit == "次日":
            return issued_on + timedelta(days=1)
        if not self.delay:
            return issued_on
        if self.unit in ("日", "天"):
            return day_after(issued_on, days=self.delay)
        return add_months(issued_on, self.delay * (12 if self.unit == "年" else 1))


@dataclass(frozen=True)
class Validity:
    """A validity clause: the words as printed, the printed last day, the printed first day, the term in months."""

    printed: str
    until: date | None
    since: date | None
    months: int | None


def moment_of(match: re.Match, sentence: Masked) -> Moment:
    """The moment that a match with the groups of WHEN names."""
    when, groups = match["when"], match.groupdict()
    printed = sentence.unmask(match[0])
    if re.fullmatch(DATE, when):
        return Moment(printed, sentence.day(when))
    if re.fullmatch(ISSUED, when):
        if "次日" in when:
            return Moment(printed, None, "issue", 0, "次日")
        return Moment(printed, None, "issue", small_number(groups.get("delay") or "") or 0, groups.get("unit") or "")
    return Moment(printed, None, "adoption")


def commencements(sentence: Masked) -> list[Moment]:
    """The commencement clauses of a sentence that speak of the document itself."""
    found = [
        moment_of(match, sentence)
        for match in EFFECTIVE.finditer(sentence.text)
        if _speaks_of_itself(sentence.text, match.start())
        and not (match["from"] is None and "后" in sentence.text[: match.start()][-2:])
    ]
    if not found and (label := _WHEN_LABEL.match(sentence.text)):
        found.append(moment_of(label, sentence))
    return found


def partial_commencement(sentence: Masked) -> bool:
    """Whether single provisions (第十条自…起施行) are put into force at a time of their own."""
    match = EFFECTIVE.search(sentence.text)
    return bool(match) and bool(
        re.search(r"(?:本[^，]{1,8})?第[^，]{1,10}[条款项章][^，]*$", sentence.text[: match.start()])
    )


def validities(sentence: Masked) -> list[Validity]:
    """The validity clauses of a sentence that speak of the document itself."""
    text = sentence.text
    found: list[tuple[int, int]] = []
    for pattern, group in ((_VALID, "term"), (_SPAN, "span"), (_UNTIL, "until"), (_LAPSE, "lapse")):
        for match in pattern.finditer(text):
            start, end = match.span(group)
            if any(start < last and first < end for first, last in found) or not _owns(text, start, pattern):
                continue
            if pattern is _LAPSE and not (EFFECTIVE.search(text[:start]) or re.search(rf"{SELF}[，,]?$", text[:start])):
                continue
            tail = re.match(rf"[，,](?:自|从|至|到)?{DATE}(?:起)?(?:至|到)?{DATE}?(?:止|失效|废止|终止)?", text[end:])
            if pattern is _VALID and tail and (_END_DATE.search(tail[0]) or tail[0].count("自")):
                end += tail.end()
            found.append((start, end))
    return [_validity(sentence, text[start:end]) for start, end in found if _says_something(text[start:end])]


def adopting_meeting(line: str, *, history: bool = False) -> str | None:
    """The meeting as printed that adopted the text; ``history`` for a line of the legislative history."""
    if history:
        match = _MEETING_LINE.match(line.strip())
        return _tidy(match["meeting"]) if match else None
    for sentence in re.split(r"[。；]", line):
        if not re.search(
            r"现(?:予|将|印发|公布|发布|就|批转|转发)|印发给|予以(?:印发|公布|发布)|继续(?:有效|实施|执行)|决定|已经|业经|特此|审议通过|^经",
            sentence,
        ):
            continue
        match = _MEETING.search(sentence)
        if match and re.search(
            r"会议|第[一二三四五六七八九十百\d]+次|常委会|联席会|办公会|全会|党组会", match["meeting"]
        ):
            return _tidy(re.sub(r"^(?:已经|业经|经过|经)", "", match["meeting"]))
    return None


def suggested_end(validity: Validity, effective_on: date | None) -> date | None:
    """The last day computed from a printed term; a suggestion only, a printed date always wins."""
    start = validity.since or effective_on
    if validity.until or not validity.months or not start:
        return None
    return last_day_of_term(start, months=validity.months)


def printed_dates_wrong(text: str) -> list[str]:
    """Dates in the text that the calendar does not have."""
    return [found.printed for found in find_dates(text) if found.value is None]


def _validity(sentence: Masked, part: str) -> Validity:
    ends = list(_END_DATE.finditer(part))
    last = (ends[-1]["last"] or ends[-1]["stop"]) if ends else None
    if last is None and (lapse := _LAPSE.fullmatch(part)):
        last = lapse["last"]
    since = re.search(rf"(?:自|从|^)({DATE})", part)
    term = _TERM.search(part)
    months = None
    if term and (count := small_number(term["count"])):
        months = count * (12 if term["unit"] == "年" else 1)
    return Validity(
        printed=sentence.unmask(part).strip(" \u3000"),
        until=sentence.day(last) if last else None,
        since=sentence.day(since[1]) if since and since[1] != last else None,
        months=months,
    )


def _says_something(part: str) -> bool:
    return bool(re.search(DATE, part) or _TERM.search(part) or "长期" in part)


def _speaks_of_itself(text: str, start: int) -> bool:
    before = text[:start]
    segment = re.split(r"[，,：:]", before)[-1].strip(" \u3000")
    earlier = before[: len(before) - len(re.split(r"[，,：:]", before)[-1])]
    if re.fullmatch(rf"(?:{SELF}|{OWN})?(?:的)?(?:施行|实施|执行|有效)?(?:日期|时间|期)?(?:也|均|统一|一并)?", segment):
        return (
            not earlier.strip()
            or bool(segment)
            or bool(_PRESENTING.search(earlier))
            or bool(re.fullmatch(rf"[^{TITLE[1:-1]}]{{0,12}}[，,：:]", earlier))
        )
    return bool(
        re.search(
            rf"^(?:现|特|现将).*{SELF}.*(?:公布|发布|印发|你们)$|^{SELF}(?:已|业)?经.*(?:公布|发布|印发)$|(?:现予|予以)(?:公布|发布|印发)$",
            segment,
        )
    )


def _owns(text: str, start: int, pattern: re.Pattern) -> bool:
    before = text[:start]
    segment = re.split(r"[，,、：:]", before)[-1].strip(" \u3000")
    earlier = before[: len(before) - len(segment)]
    if re.fullmatch(rf"(?:将|对|原)?{TITLE}(?:[（(][^）)]*[）)])?的?", segment):
        return "延长" in text[start:] or "继续" in text
    if pattern in (_UNTIL, _LAPSE) and (EFFECTIVE.search(before) or re.search(SELF, segment)):
        return True
    if (
        not _OWNING.fullmatch(segment)
        and not EFFECTIVE.search(segment)
        and not re.fullmatch(r"(?:并|且|暂定)", segment)
    ):
        return False
    if segment and re.search(SELF, segment):
        return True
    if not earlier.strip():
        return True
    return bool(
        _PRESENTING.search(earlier) or any(_speaks_of_itself(text, m.start()) for m in EFFECTIVE.finditer(before))
    )


def _tidy(meeting: str) -> str:
    return re.sub(r"[\s\u3000]+", "", meeting)
