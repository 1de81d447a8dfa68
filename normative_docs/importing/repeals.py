"""Repeal clauses: which earlier documents end, and from which day.

A document that is only cited (根据《甲》制定), already repealed, or repealed in part is not in the result.
"""

import re
from dataclasses import dataclass

from normative_docs.importing.clauses import WHEN, Moment, moment_of
from normative_docs.importing.masking import DATE, NUMBER, TITLE, Masked
from normative_docs.importing.numbers import tidy
from normative_docs.importing.titles import quoted_titles

_END = r"(?:废止|失效|停止(?:执行|施行|实施|使用|适用)|不再(?:执行|施行|实施|适用|有效)|终止(?:执行|施行|实施))"
_VERB = re.compile(
    rf"(?P<how>(?:同时|同步|即行|自行|相应|予以|一并|现予|随之|自动|宣布|全部|均|也|即|一律|决定|作废)*)(?P<verb>{_END})"
)
_THING = rf"(?:{TITLE}|{NUMBER})"
_AFTER = re.compile(
    rf"^(?:和|或|并|以及|宣布失效|废止)?(?:了|下列|以下|如下|原|由|此前|{NUMBER}(?:发布|公布|印发)?的?|[\u4e00-\u9fa5]{{0,16}}?(?:印发|发布|公布|制定|下发)的)*[：:]?{_THING}"
)
_CITING = re.compile(
    r"^(?:为|根据|依据|依照|按照|参照|结合|因|鉴于|对照|与|以|如|凡|违反|经对|自.{0,2}颁布)|(?:施行|实施|执行|试行|生效|解释|印发给你们|有效期.*|公布|有效)$"
)
_PART = re.compile(
    r"^(?:[（(][^）)]*[）)])?(?:的)?(?:第[一二三四五六七八九十百\d]+|中(?:的)?|附件|有关|关于|部分|规定的|里)"
)
_STARTING = re.compile(rf"(?:自|从|于){WHEN}(?:起|开始|始)?")
_ISSUED_BY = rf"(?:号?文)?(?:（[^）]*）)?(?:{DATE})?(?:公布|发布|印发|颁布|下发|制定|修订|转发|文件|通知|文)*的?"
_LIST_HEAD = re.compile(
    rf"(?:下列|以下|如下).*{_END}|{_END}.*(?:下列|以下|如下)|{_END}[^，。]{{0,12}}(?:目录|清单|文件)[^，。]{{0,4}}$"
)
_LIST_LINE = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．\s\t\u3000]|《)")


@dataclass(frozen=True)
class Repeal:
    """One document that ends: its title ("" when named by number only), number, and when (None: with this document)."""

    title: str
    number: str | None
    moment: Moment | None


@dataclass(frozen=True)
class RepealReading:
    """What the lines say: the repeals, and sentences on ends that name no whole document."""

    repeals: list[Repeal]
    partial: list[str]
    unnamed: list[str]


def read_repeals(lines: list[list[Masked]]) -> RepealReading:
    """Read the repeal clauses out of the masked sentences of each line."""
    repeals: list[Repeal] = []
    partial: list[str] = []
    unnamed: list[str] = []
    listing: Moment | None = None
    in_list = False
    for sentences in lines:
        whole = "；".join(s.text for s in sentences)
        if in_list and sentences and re.search(_THING, whole) and not re.search(rf"{_END}|本", whole):
            for sentence in sentences:
                repeals += _things(sentence, sentence.text, listing)
            continue
        in_list = in_list and bool(re.match(r"^[^，。]{0,12}$", whole))
        for sentence in sentences:
            found, is_partial = _in_sentence(sentence)
            repeals += found
            if is_partial:
                partial.append(sentence.unmask(sentence.text))
            if not found and (whole.endswith(("：", ":")) or len(whole) < 30) and _LIST_HEAD.search(sentence.text):
                in_list, listing = True, _starting(sentence, sentence.text)
            elif (
                not found
                and not is_partial
                and re.search(
                    r"(?:不一致|抵触|不符|此前|以前|原有?).{0,20}(?:同时|一律|予以|自行)?(?:废止|停止执行)",
                    sentence.text,
                )
            ):
                unnamed.append(sentence.unmask(sentence.text))
    return RepealReading(_without_doubles(repeals), partial, unnamed)


def _in_sentence(sentence: Masked) -> tuple[list[Repeal], bool]:
    text = sentence.text
    found: list[Repeal] = []
    partial = False
    taken = 0
    for verb in _VERB.finditer(text):
        if verb.start() < taken or _not_now(text, verb):
            continue
        region, after = _objects(text, verb, taken)
        if not region or not re.search(_THING, region):
            continue
        last = max(m.end() for m in re.finditer(_THING, region))
        if not after and _PART.match(region[last:].lstrip("）)")):
            partial = True
            continue
        if after and re.match(r"^(?:第|中|里)", region[last:].lstrip("）)")):
            partial = True
            continue
        moment = _starting(sentence, text[taken : verb.end()]) or _starting(sentence, region)
        found += _things(sentence, region, moment)
        taken = verb.end() + (len(region) if after else 0)
    return found, partial


def _not_now(text: str, verb: re.Match) -> bool:
    before, after = text[: verb.start()], text[verb.end() :]
    return bool(
        re.search(
            r"(?:未|不得|不予|曾|被|应当|可以|如|尚未|拟|建议|需要?|修改、|修改或|修改和)$|(?:已|业已|均已)(?:经|于|在|被)?[^，]{0,8}$",
            before[-12:],
        )
        or after.startswith(("的，", "的文件", "的规范性", "后", "或者", "日期", "、修改"))
    )


def _objects(text: str, verb: re.Match, taken: int) -> tuple[str, bool]:
    """The part of the sentence that names what ends, and whether it stands after the verb."""
    after = text[verb.end() :]
    if _AFTER.match(after):
        following = _VERB.search(after)
        return after[: following.start()] if following else after, True
    pieces = re.split(r"([，,：:])", text[taken : verb.start()])
    region: list[str] = []
    for piece in reversed(pieces):
        if piece in "，,：:":
            region.insert(0, piece)
            continue
        if (
            region
            and any(re.search(_THING, p) for p in region)
            and (not re.search(_THING, piece) or _CITING.search(piece.strip()))
        ):
            break
        if _CITING.search(piece.strip()) and not re.search(rf"{_THING}$", piece.strip()):
            break
        region.insert(0, piece)
    return "".join(region), False


def _starting(sentence: Masked, part: str) -> Moment | None:
    found = list(_STARTING.finditer(part))
    return moment_of(found[-1], sentence) if found else None


def _things(sentence: Masked, region: str, moment: Moment | None) -> list[Repeal]:
    """Titles and numbers of a part, paired: 《甲》（1号）, or 1号公布的《甲》, or either alone."""
    found: list[Repeal] = []
    pair = re.compile(
        rf"(?P<lead>{NUMBER})(?:[（(][^）)]*[）)])?{_ISSUED_BY}(?P<led>{TITLE})"
        rf"|(?P<title>{TITLE})(?:[（(](?P<aside>[^）)]*?)[）)]|[ \u3000\t]*(?P<bare>{NUMBER}))?"
        rf"|(?P<number>{NUMBER})"
    )
    for match in pair.finditer(region):
        title_mark = match["led"] or match["title"] or ""
        if title_mark and re.search(r"(?:根据|依据|按照|依照|参照)$", region[: match.start()]):
            continue
        aside = re.search(NUMBER, match["aside"] or "")
        number_mark = match["lead"] or match["bare"] or match["number"] or (aside[0] if aside else None)
        title = quoted_titles(sentence.printed[title_mark])[0][2] if title_mark else ""
        number = tidy(sentence.printed[number_mark]) if number_mark else None
        found.append(Repeal(title, number, moment))
    return found


def _without_doubles(repeals: list[Repeal]) -> list[Repeal]:
    kept: dict[tuple[str, str | None], Repeal] = {}
    for repeal in repeals:
        kept.setdefault((repeal.title, repeal.number), repeal)
    return list(kept.values())
