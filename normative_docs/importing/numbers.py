"""Document numbers (发文字号): found in any bracket style, kept as printed, compared in one.

A number belongs to 〔year〕 series (龙政规〔2026〕1号), to orders (国务院令第713号) or to public notices
(公告2026年第3号). Registration numbers (统一登记号, 规范性文件编号) are other numbers and are never taken
for the document number.
"""

import re

from normative_docs.importing.dates import narrow_digits

_OPEN, _CLOSE = r"[〔\[【（(〈<﹝［〖{]", r"[〕\]】）)〉>﹞］〗}]"
_GAP = r"[ \t\u3000]*"
_SERIAL = rf"{_GAP}第?{_GAP}[0-9０-９]{{1,5}}(?:-[0-9]+)?{_GAP}号"
_YEAR = r"[12１２][0-9０-９]{3}"
_MARK = r"[\u4e00-\u9fa5A-Za-z·\-、（）() \u3000]{1,24}?"
SERIES = re.compile(
    rf"(?P<mark>[\u4e00-\u9fa5A-Za-z·\-]{{1,24}}){_GAP}{_OPEN}{_GAP}{_YEAR}{_GAP}年?{_GAP}{_CLOSE}{_SERIAL}"
)
_SERIES_LINE = re.compile(rf"^(?P<number>{_MARK}{_OPEN}{_GAP}{_YEAR}{_GAP}年?{_GAP}{_CLOSE}{_SERIAL})(?P<rest>.*)$")
# The year set off by a hyphen or by nothing at all: 龙政发2026-3号, 龙政发2026年3号.
_LOOSE_LINE = re.compile(rf"^(?P<number>[\u4e00-\u9fa5]{{2,12}}{_YEAR}(?:-|年|—){_SERIAL})(?P<rest>)$")
ORDER = re.compile(
    rf"(?P<issuer>[\u4e00-\u9fa5、]{{2,60}}?)(?P<kind>令|公告|通告){_GAP}[（(]?{_GAP}(?P<serial>(?:{_YEAR}{_GAP}年{_GAP})?第{_GAP}"
    rf"[0-9０-９一二三四五六七八九十百〇]{{1,7}}{_GAP}号){_GAP}[）)]?"
)
_ORDER_SERIAL_FIRST = re.compile(
    rf"(?P<issuer>[\u4e00-\u9fa5]{{2,40}}?)(?P<serial>第{_GAP}[0-9０-９一二三四五六七八九十百]{{1,6}}{_GAP}号)令"
)
_ORDER_HEAD = re.compile(r"^(?P<issuer>[\u4e00-\u9fa5、 \u3000]{2,80}?)[ \u3000]*(?P<kind>令|公告|通告)$")
_SERIAL_LINE = re.compile(
    rf"^[（(]?{_GAP}(?P<serial>(?:{_YEAR}{_GAP}年{_GAP})?第{_GAP}[0-9０-９一二三四五六七八九十百〇]{{1,7}}{_GAP}号){_GAP}[）)]?$"
)
_TAIL_OF_HEAD = re.compile(r"^(?:签\s*发\s*人|会\s*签\s*人|印数|是否公开)")
_REGISTERED = re.compile(r"(?:登记|备案|统一|规范性文件)[^：:]{0,8}[号码编][号码]?[：:]|^[A-Z]{2,10}\d*[-—－]")
# What may stand before a number in running text and is no part of it.
_LEAD = re.compile(
    r"^.*(?:废止|失效|停止|执行|根据|依据|依照|按照|参照|原有的|印发的|发布的|公布的|制定的|文件|以及|及其|由|的|在|自|经|对|将|把|为|是|"
    r"文号|字号|附件|通知)(?=.{2,})"
)
_STRIPPED = re.compile(r"\s|第(?=[0-9]+号$)")
_BRACKETS = str.maketrans("[【（(〈<﹝［〖{]】）)〉>﹞］〗}", "〔" * 10 + "〕" * 10)


def normalised_number(printed: str | None) -> str:
    """One spelling for comparison: 〔〕, no spaces, plain digits; 原 and 中华人民共和国 before an order dropped."""
    if not printed:
        return ""
    text = _STRIPPED.sub("", narrow_digits(printed)).translate(_BRACKETS).removesuffix("文")
    text = text.removeprefix("原").removeprefix("中华人民共和国")
    return re.sub(r"〔([12]\d{3})年?〕第?0*(\d+)号", r"〔\1〕\2号", text)


def tidy(printed: str) -> str:
    """The number as printed, without the spaces of the layout."""
    return re.sub(r"[\s\u3000]+", "", printed)


def number_on_line(line: str) -> str | None:
    """The number when the line is a document number (a 签发人 may follow it), else None."""
    bare = line.strip()
    if bare[:1] in "（(" and bare[-1:] in "）)":
        bare = bare[1:-1].strip()
    if _REGISTERED.search(bare):
        return None
    for pattern in (_SERIES_LINE, _LOOSE_LINE):
        match = pattern.match(bare)
        if match and (not match["rest"].strip() or _TAIL_OF_HEAD.match(match["rest"].strip())):
            return tidy(match["number"])
    return None


def numbers_in(text: str) -> list[tuple[int, int, str]]:
    """Every number named in running text as (start, end, number), the words before it cut off."""
    found: list[tuple[int, int, str]] = []
    for match in SERIES.finditer(text):
        mark = match["mark"]
        start = match.start() + (len(lead[0]) if (lead := _LEAD.match(mark)) else 0)
        start += 1 if text[start] == "原" and match.end() - start > 10 else 0
        found.append((start, match.end(), tidy(text[start : match.end()])))
    for pattern in (ORDER, _ORDER_SERIAL_FIRST):
        for match in pattern.finditer(text):
            lead = re.match(r"^.*(?:[日月年]|根据|依据|按照|废止|以|由|经|的)(?=[\u4e00-\u9fa5]{2,})", match["issuer"])
            start = match.start() + (len(lead[0]) if lead else 0)
            found.append((start, match.end(), tidy(text[start : match.end()])))
    found.sort()
    kept: list[tuple[int, int, str]] = []
    for item in found:
        if not kept or item[0] >= kept[-1][1]:
            kept.append(item)
    return kept


def order_on_lines(line: str, following: str) -> tuple[str, str, bool] | None:
    """An order or public notice head: (issuing body, number, serial stands on the next line), else None.

    Heads are 国务院令第713号 on one line, or 国务院令 and 第713号 on two. The full state name before a body
    is dropped from both, as practice writes them.
    """
    bare = line.strip()
    for pattern in (ORDER, _ORDER_SERIAL_FIRST):
        match = pattern.fullmatch(bare)
        if match:
            issuer = _without_state(tidy(match["issuer"]))
            number = tidy(bare.replace("（", "").replace("）", "").replace("(", "").replace(")", ""))
            return issuer, _without_state(number), False
    head, serial = _ORDER_HEAD.match(bare), _SERIAL_LINE.match(following.strip())
    if head and serial:
        issuer = _without_state(tidy(head["issuer"]))
        return issuer, f"{issuer}{head['kind']}{tidy(serial['serial'])}", True
    return None


def serial_on_line(line: str) -> str | None:
    """The serial when the line is a bare one: 2026年第2号, （第56号）."""
    match = _SERIAL_LINE.match(line.strip())
    return tidy(match["serial"]) if match else None


def _without_state(name: str) -> str:
    rest = name.removeprefix("中华人民共和国")
    return rest if len(rest) > 1 else name
