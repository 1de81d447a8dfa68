"""Hints on the text as a whole: commencement and validity, what carries it, words that contradict each other."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from normative_docs.clause_check.engine.issuers import Level
from normative_docs.clause_check.engine.rules import repealed_laws
from normative_docs.clause_check.engine.structure import WHOLE, Clause
from normative_docs.importing.dates import last_day_of_term, small_number
from normative_docs.importing.metadata import ImportedMetadata

# «title or number» → what ended it and since when; None where it is in force or unknown
RepealedLookup = Callable[[str], tuple[str, date] | None]

_CARRIES = re.compile(r"(?:会议纪要|抄告单|备忘录|情况通报|工作简报|督办单)$")
_RULES_PUBLIC = re.compile(r"(?:应当|必须|不得|禁止|严禁|一律|须)")
_NO_TERM_NEEDED = re.compile(
    r"(?:废止|失效|修改|延长|继续(?:有效|执行)|清理结果)[^，。]{0,40}(?:通知|决定|公告|目录)$|(?:批复|复函|的函|任免|表彰|公示|名单)"
    r"|(?:领导小组|工作专班|指挥部)(?:成员)?(?:的通知|名单)"
)
_COMMENCES = re.compile(
    r"(?:自|从|于)[^，。；]{1,24}(?:起|后|日)[，]?(?:正式|开始)?(?:施行|实施|执行|生效|试行)|(?:施行|实施|执行|生效|试行)(?:日期|时间)"
)
_TERM = re.compile(
    r"有效期|有效至|(?:试行|暂行|执行|实施)期(?:限)?(?:为|至|暂定)?|(?:施行|实施|执行|有效)(?:至|到)\S{0,6}\d{4}年|至\d{4}年\d{1,2}月\d{1,2}日(?:止|失效|废止)|长期有效"
)
_TRIAL = re.compile(r"试行|暂行")
_TITLE_KIND = re.compile(
    r"(办法|细则|规定|意见|方案|通知|规程|规则|制度|准则|公约|章程|预案|措施|通告|公告|决定|规划|计划|指南|条例)"
)
_OWN_NAME = re.compile(r"本(办法|细则|规程|规则|制度|准则|公约|章程|预案|方案|通告|意见|条例)(?!律)")
_NOTICE_ONLY = re.compile(
    r"(?:告知性|备案性|登记性质|自愿(?:登记|备案|申报))[^，。；]{0,8}(?:登记|备案|报备|申报)?|(?:备案|登记|报备)[^。；]{0,14}不(?:作为|是|属于)[^，。；]{0,12}(?:行政许可|审批|许可|前置|必要条件)"
)
_ABBREVIATED = re.compile(
    r"([\u4e00-\u9fff、（）()]{2,40})[（(](?:以下)?(?:统)?简称[:：]?[“\"「]?([\u4e00-\u9fff]{2,14})[”\"」]?[）)]"
)
_CITED = re.compile(r"《([^《》]{3,60}?)》(?:[（(]([^（）()]{0,30}[〔\[][^（）()]{3,16}号)[）)])?")
_PAST = re.compile(r"原《?$|已(?:经)?废止的《?$|废止的?《?$")
_ENDS = re.compile(r"(?:同时|一并|予以|即行|均)?(?:废止|失效|停止执行)")
_ENDED_NOTE = re.compile(r"^》?[（(](?:[^（）()]{0,16})?(?:已|现已|于[^（）()]{2,14})(?:废止|失效)")
_PRINTED_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True)
class Whole:
    """A text with what was read of it."""

    text: str
    clauses: list[Clause]
    facts: ImportedMetadata
    level: Level

    @property
    def title(self) -> str:
        return self.facts.title or (self.text.strip().splitlines() or [""])[0].strip()

    def body_from(self) -> str:
        return "\n".join(clause.text for clause in self.clauses)


Found = tuple[str, str, str, str, str]  # at, text, kind, basis, why


def validity(whole: Whole, on: date | None) -> Iterator[Found]:
    """施行日期 and 有效期 must be printed; a term may be over or too long (湖南51, 山东53 as the common measure)."""
    if whole.level is Level.REGIONAL and whole.facts.valid_until is None:
        return
    if not whole.level.is_local or _NO_TERM_NEEDED.search(_flat(whole.title)):
        return
    basis = "国办发〔2018〕37号；地方规范性文件管理规定（载明施行日期和有效期，一般不超过五年，试行、暂行不超过二年）"
    text = _flat(whole.body_from())
    missing = []
    if not whole.facts.effective_on and not _COMMENCES.search(text):
        missing.append("施行日期")
    if not whole.facts.valid_until and not whole.facts.validity and not _TERM.search(text):
        missing.append("有效期")
    if missing:
        yield WHOLE, whole.title, "有效期缺失", basis, f"全文没有写明{'和'.join(missing)}。"
    until, since = _day(whole.facts.valid_until), _day(whole.facts.effective_on)
    at, printed = _where(whole, whole.facts.validity)
    counted = until is None and since is not None
    if counted:
        until = _counted_end(since, whole.facts.validity)
    if until and on and until < on:
        word = "推算的有效期（按施行日期计算）" if counted else "印明的有效期"
        yield at, printed, "有效期已过", basis, f"{word}到{_printed(until)}为止，在{_printed(on)}已经失效。"
    if until and since:
        years = 2 if _TRIAL.search(whole.title) else 5
        if until > _years_after(since, years):
            longest = "试行、暂行文件的二年" if years == 2 else "五年"
            why = f"有效期（到{_printed(until)}）超过{longest}，请按本地规定核对。"
            yield at, printed, "有效期过长", basis, why
    if whole.facts.validity and "长期有效" in whole.facts.validity:
        yield at, printed, "有效期过长", basis, "规范性文件应当有确定的有效期，不写“长期有效”。"


def carrier(whole: Whole) -> Iterator[Found]:
    """Minutes and slips that rule over the public."""
    title = _flat(whole.title)
    if whole.level.is_local and _CARRIES.search(title) and _RULES_PUBLIC.search(whole.body_from()):
        yield (
            WHOLE, whole.title, "载体不当", "国办发〔2018〕37号；苏府〔2015〕12号 九",
            "会议纪要、抄告单等内部文书不能用来制定对公众有约束力的规则。",
        )  # fmt: skip


def contradictions(whole: Whole, disguised: list[Clause]) -> Iterator[Found]:
    """One thing under two names: a notice that becomes a permit, a 办法 calling itself 细则, a doubled short name."""
    if not whole.level.is_local:
        return
    basis = "国办发〔2018〕115号 六（内容明确、前后一致）；立法技术规范（用语统一）"
    notice = next((clause for clause in whole.clauses if _NOTICE_ONLY.search(clause.text)), None)
    if notice is not None:
        for clause in disguised:
            why = f"{_named(notice.at)}说登记、备案只是告知，本条却以它为条件，前后可能矛盾。"
            yield clause.at, clause.text, "自相矛盾", basis, why
    yield from _wrong_own_name(whole, basis)
    yield from _doubled_short_names(whole, basis)


def _wrong_own_name(whole: Whole, basis: str) -> Iterator[Found]:
    heads = "".join(c.text for c in whole.clauses if c.at == WHOLE and len(c.text) < 90) + whole.title
    kinds = set(_TITLE_KIND.findall(_flat(heads)))
    if not kinds:
        return
    for clause in whole.clauses:
        for own in _OWN_NAME.finditer(clause.text):
            if own[1] not in kinds:
                why = f"文件的名称是{'、'.join(sorted(kinds))}，本条却自称“本{own[1]}”，称谓不一致。"
                yield clause.at, clause.text, "称谓不一致", basis, why
                return


def _doubled_short_names(whole: Whole, basis: str) -> Iterator[Found]:
    seen: dict[str, str] = {}
    for clause in whole.clauses:
        for long, short in _ABBREVIATED.findall(clause.text):
            known = seen.setdefault(short, long[-6:])
            if known != long[-6:] and not (known.endswith(long[-4:]) or long.endswith(known[-4:])):
                yield clause.at, clause.text, "称谓不一致", basis, f"简称“{short}”在文中指两个不同的名称。"


def repealed_grounds(whole: Whole, on: date | None, lookup: RepealedLookup | None) -> Iterator[Found]:
    """Laws and documents cited although they are no longer in force on the day (by default the day of issue)."""
    if whole.level is Level.LAW:
        return
    day = on or _day(whole.facts.issued_on) or _day(whole.facts.effective_on)
    laws = {_key(law.name): law for law in repealed_laws()}
    for clause in whole.clauses:
        for cited in _CITED.finditer(clause.text):
            before, after = clause.text[: cited.start()], clause.text[cited.end() - 1 :]
            if _PAST.search(before[-8:]) or _ENDED_NOTE.match(after) or _is_being_ended(clause.text, cited.end()):
                continue
            law = laws.get(_key(cited[1]))
            if law is not None and (day is None or law.on <= day):
                why = f"《{law.name}》自{_printed(law.on)}起已不再施行，现行依据是{law.by}。"
                yield (
                    clause.at,
                    _sentence_around(clause.text, cited),
                    "引用已废止依据",
                    "立法法；国办发〔2018〕115号 六",
                    why,
                )
            elif lookup is not None and (ended := lookup(cited[2] or cited[1])) and (day is None or ended[1] <= day):
                why = f"{cited[0]}自{_printed(ended[1])}起{ended[0]}，不能再作依据。"
                yield clause.at, _sentence_around(clause.text, cited), "引用已废止依据", "国办发〔2018〕37号", why


def _is_being_ended(text: str, after: int) -> bool:
    """《…》同时废止 names a document in order to end it, as does a list closed by those words."""
    rest = text[after:]
    stop = rest.find("。")
    return bool(_ENDS.search(rest[: stop if stop >= 0 else len(rest)]))


def _sentence_around(text: str, match: re.Match) -> str:
    start = max(text.rfind(mark, 0, match.start()) for mark in "。；") + 1
    ends = [end for mark in "。；" if (end := text.find(mark, match.end())) >= 0]
    return text[start : min(ends) + 1 if ends else len(text)].strip()


def _key(name: str) -> str:
    return re.sub(r"^中华人民共和国|[\s〈〉<>]", "", name).replace("(", "（").replace(")", "）")


def _counted_end(since: date, validity: str | None) -> date | None:
    """The last day of 「有效期五年」 counted from the day of effect; a suggestion, where no date is printed."""
    term = re.search(r"([\d一二三四五六七八九十两]+)(年|个月)", _flat(validity or ""))
    count = small_number(term[1]) if term else None
    return last_day_of_term(since, months=count * (12 if term[2] == "年" else 1)) if count else None


def _printed(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _where(whole: Whole, printed: str | None) -> tuple[str, str]:
    flat = _flat(printed or "")
    for clause in whole.clauses:
        if flat and flat in _flat(clause.text):
            return clause.at, clause.text
    return WHOLE, printed or whole.title


def _named(at: str) -> str:
    return "文中" if at == WHOLE else at


def _flat(text: str) -> str:
    return re.sub(r"[\s\u3000]+", "", text)


def _day(iso: str | None) -> date | None:
    match = _PRINTED_DAY.fullmatch(iso or "")
    return date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)
