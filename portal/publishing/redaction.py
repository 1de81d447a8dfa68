"""Which characters of a text a person could be known by, and what stands in their place (脱敏).

Pure rules: text in, proposed marks out; a reviewer decides on each. Basis: 个人信息保护法 arts. 25, 28, 34, 51;
政府信息公开条例 art. 15. Names of enterprises and unified social credit codes are public and stay.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from stdnum import luhn
from stdnum.cn import ric, uscc

RULES_VERSION = "2026-1"
"""Changes with every change of a rule; kept with each reviewed copy."""

KINDS = {
    "id_number": "身份证号",
    "phone": "电话号码",
    "bank_account": "银行账号",
    "email": "电子邮箱",
    "plate": "车牌号",
    "address": "详细住址",
    "person": "自然人姓名",
    "other": "其他",
}

# An invisible or ordinary gap must not hide a number from the rules.
_GAP = r"[ \u00a0\u3000\u200b-\u200d\u2060\ufeff-]?"
_EDGE_BEFORE, _EDGE_AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_GAPS = re.compile(r"[ \u00a0\u3000\u200b-\u200d\u2060\ufeff-]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

_CREDIT_CODE = re.compile(rf"{_EDGE_BEFORE}[0-9A-HJ-NPQRTUWXY]{{18}}{_EDGE_AFTER}")
_ID18 = re.compile(rf"{_EDGE_BEFORE}[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx]{_EDGE_AFTER}")
_ID15 = re.compile(rf"{_EDGE_BEFORE}[1-8]\d{{5}}\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}{_EDGE_AFTER}")
_MOBILE = re.compile(rf"(?<![0-9A-Za-z])(?:(?:\+|00)?86{_GAP})?(1[3-9]\d(?:{_GAP}\d){{8}})(?!\d)")
_HOME_PHONE = re.compile(r"(?:住宅|家庭|家中|宅)(?:固定)?电话[:：为是 ]{0,3}((?:0\d{2,3}[-—－ ]?)?\d{7,8})(?!\d)")
_CARD = re.compile(rf"{_EDGE_BEFORE}[2-6](?:{_GAP}\d){{15,18}}{_EDGE_AFTER}")
_NAMED_ACCOUNT = re.compile(
    rf"(?:银行卡号?|卡号|个人账[号户]|账号|帐号)[:：为是 ]{{0,3}}(\d(?:{_GAP}\d){{7,24}}){_EDGE_AFTER}"
)
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•. ]?"
    r"(?=[A-HJ-NP-Z0-9]{0,5}\d)[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![A-Za-z0-9])"
)
_COUNT = r"[\d一二三四五六七八九十百]+"
_HOUSE = rf"(?:第?{_COUNT}(?:村民小组|组|社|号院|号楼|号|幢|栋|座|单元|层|楼|室)(?:附{_COUNT}号)?)"
_NO_HOUSE = r"(?!桥|线|路|文|令|公告|地块|站|井|点|标段|泵)"
_BELOW_VILLAGE = re.compile(
    rf"(?:村民委员会|居民委员会|村|社区)((?:[\u4e00-\u9fff]{{1,6}}(?:路|街|巷|弄|胡同|小区|苑|园|里))?{_HOUSE}*?"
    rf"第?{_COUNT}(?:号院|号楼|号|幢|栋|单元|室)(?:附{_COUNT}号)?{_HOUSE}*){_NO_HOUSE}"
)
_TOLD_ADDRESS = re.compile(
    r"(?:家庭住址|家庭地址|户籍地址|户籍地|现住址|住址|家住|现住|住)[:：于在 ]{0,2}"
    r"([\u4e00-\u9fff]{0,20}?(?:村民委员会|居民委员会|村|社区))([\u4e00-\u9fff\d-]{1,30}?)(?=[，,。；;、）)\s]|$)"
)
_TOLD_PERSON = re.compile(
    r"(?:当事人|被处罚人|申请人|被申请人|第三人|原告|举报人|投诉人|信访人|患者|监护人|申请调解人)(?:姓名)?[:：]\s*"
    r"([\u4e00-\u9fff]{1,3}[\u4e00-\u9fff·]{1,8}?)(?=[，,。；;、\s（(]|$)"
)
# Only what reads as one name: a word such as 在, 与 or 的 between person and firm parts the two.
_ENTERPRISE = re.compile(
    r"(?:(?![与和及跟同在的是了到去向因被将把对于为由从给等并或其这那又也])[\u4e00-\u9fffA-Za-z0-9（）()·]){0,16}?"
    r"(?:公司|合作社|合伙企业|事务所|经营部|门市部|工作室|超市|商行|商店|饭店|餐馆|酒店|药店|诊所|农场|[^\s，。；、]厂)"
)
_INSTITUTION = re.compile(r"(?:公司|合作社|政府|委员会|办事处|中心|站|局|所|厂|店|行|社|院|学校|企业)$")
_DOUBLE_SURNAME = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|宇文|长孙|司徒|端木|南宫|独孤|司空|轩辕|钟离"
)
_TWINS = "甲乙丙丁戊己庚辛壬癸"
_GOVERNMENT_MAIL = (".gov.cn",)


@dataclass(frozen=True)
class Masking:
    """How much of each thing stays: the region's choice within the law.

    ``id_keep`` and ``phone_keep``: characters kept in front and at the end. ``name_style``: ``some`` writes 张某,
    ``cross`` 张××. ``removed`` stands for what goes altogether.
    """

    id_keep: tuple[int, int] = (4, 2)
    phone_keep: tuple[int, int] = (3, 4)
    name_style: str = "some"
    removed: str = "（已隐去）"


@dataclass(frozen=True)
class Mark:
    """From ``start`` up to ``end`` of the text stands something of ``kind``; ``why`` is a word for the reviewer and
    never repeats what is hidden."""

    start: int
    end: int
    kind: str
    replacement: str
    why: str


def propose(text: str, names: Iterable[str] = (), masking: Masking | None = None) -> list[Mark]:
    """The marks to be proposed on a text, in order, none overlapping another.

    :param names: people of the file whose names must not appear.
    """
    masking = masking or Masking()
    plain = text.translate(_FULL_WIDTH)
    taken = _credit_codes(plain)
    marks: list[Mark] = []
    for mark in (*_numbers(plain, masking), *_words(plain, masking), *_people(plain, tuple(names), masking)):
        if all(mark.end <= start or mark.start >= end for start, end in taken):
            taken.append((mark.start, mark.end))
            marks.append(mark)
    return sorted(marks, key=lambda mark: mark.start)


def whole(kind: str, value: str, masking: Masking | None = None) -> list[Mark]:
    """The mark over a structured field that is, as a whole, a thing of this kind; none on an empty value.

    :raises KeyError: an unknown kind.
    """
    masking = masking or Masking()
    label = KINDS[kind]
    if not value or (kind == "person" and _INSTITUTION.search(value)):
        return []
    shapes = {
        "id_number": lambda: _kept(value, masking.id_keep),
        "phone": lambda: _kept(value, masking.phone_keep),
        "person": lambda: masked_name(value, masking),
    }
    replacement = shapes[kind]() if kind in shapes else masking.removed
    return [Mark(0, len(value), kind, replacement, f"本栏为{label}")]


def apply(text: str, marks: Iterable[Mark]) -> str:
    """The text with every mark replaced.

    :raises ValueError: marks overlap or reach beyond the text.
    """
    pieces, at = [], 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        if not at <= mark.start < mark.end <= len(text):
            raise ValueError("marks overlap or lie outside the text")
        pieces += [text[at : mark.start], mark.replacement]
        at = mark.end
    return "".join([*pieces, text[at:]])


def merged(marks: Iterable[Mark]) -> list[Mark]:
    """The marks in order, those that overlap joined to one with the words of the longer."""
    joined: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if joined and mark.start < joined[-1].end:
            first = joined.pop()
            longer = max(first, mark, key=lambda one: one.end - one.start)
            mark = replace(longer, start=first.start, end=max(first.end, mark.end))
        joined.append(mark)
    return joined


def masked_name(name: str, masking: Masking | None = None, twin: str = "") -> str:
    """张伟 → 张某 (张某甲 where several share the surname), or 张×."""
    masking = masking or Masking()
    double = _DOUBLE_SURNAME.match(name) if len(name) > 2 else None
    surname = double[0] if double else name[:1]
    if masking.name_style == "cross":
        return surname + "×" * max(len(name) - len(surname), 1)
    return f"{surname}某{twin}"


def occurrences(text: str, words: str, replacement: str, kind: str, why: str) -> list[Mark]:
    """A mark on every place where the words stand: what a reviewer adds by hand."""
    places = (found.start() for found in re.finditer(re.escape(words), text))
    return [Mark(place, place + len(words), kind, replacement, why) for place in places] if words else []


def _credit_codes(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _CREDIT_CODE.finditer(text) if uscc.is_valid(found.group())]


def _kept(value: str, keep: tuple[int, int]) -> str:
    bare = _GAPS.sub("", value)
    front, back = keep
    hidden = len(bare) - front - back
    return bare[:front] + "*" * hidden + bare[len(bare) - back :] if hidden > 0 else "*" * len(bare)


def _numbers(text: str, masking: Masking) -> Iterator[Mark]:
    for found in _ID18.finditer(text):
        bare = _GAPS.sub("", found.group()).upper()
        if ric.is_valid(bare):
            yield Mark(*found.span(), "id_number", _kept(bare, masking.id_keep), "身份证号，校验位相符")
        elif _has_birthday(bare):
            yield Mark(*found.span(), "id_number", _kept(bare, masking.id_keep), "形似身份证号，请核对")
    for found in _ID15.finditer(text):
        yield Mark(*found.span(), "id_number", _kept(found.group(), masking.id_keep), "形似15位身份证号，请核对")
    for found in _MOBILE.finditer(text):
        yield Mark(*found.span(1), "phone", _kept(found.group(1), masking.phone_keep), "手机号码")
    for found in _HOME_PHONE.finditer(text):
        yield Mark(*found.span(1), "phone", masking.removed, "住宅电话")
    for found in _CARD.finditer(text):
        if luhn.is_valid(_GAPS.sub("", found.group())):
            yield Mark(*found.span(), "bank_account", masking.removed, "银行卡号，校验位相符")
    for found in _NAMED_ACCOUNT.finditer(text):
        yield Mark(*found.span(1), "bank_account", masking.removed, "账号；公款专户可以不隐去")


def _has_birthday(number: str) -> bool:
    return "1900" <= number[6:10] <= "2099" and "01" <= number[10:12] <= "12" and "01" <= number[12:14] <= "31"


def _words(text: str, masking: Masking) -> Iterator[Mark]:
    for found in _EMAIL.finditer(text):
        if not found.group().lower().endswith(_GOVERNMENT_MAIL):
            yield Mark(*found.span(), "email", masking.removed, "电子邮箱；机关公务邮箱可以不隐去")
    for found in _PLATE.finditer(text):
        yield Mark(*found.span(), "plate", masking.removed, "机动车号牌")
    for found in _TOLD_ADDRESS.finditer(text):
        yield Mark(*found.span(2), "address", masking.removed, "村（社区）以下的住址")
    for found in _BELOW_VILLAGE.finditer(text):
        yield Mark(*found.span(1), "address", masking.removed, "村（社区）以下的门牌")


def _people(text: str, names: tuple[str, ...], masking: Masking) -> Iterator[Mark]:
    known = sorted({name.strip() for name in names if len(name.strip()) > 1}, key=lambda name: (-len(name), name))
    by_mask: dict[str, list[str]] = {}
    for name in sorted(known):
        by_mask.setdefault(masked_name(name, masking), []).append(name)
    for name in known:
        same = by_mask[masked_name(name, masking)]
        twin = _TWINS[same.index(name) % len(_TWINS)] if len(same) > 1 else ""
        for found in re.finditer(re.escape(name), text):
            if not _ENTERPRISE.match(text, found.end()):
                yield Mark(*found.span(), "person", masked_name(name, masking, twin), "案卷中的自然人")
    for found in _TOLD_PERSON.finditer(text):
        if not _INSTITUTION.search(found.group(1)):
            yield Mark(*found.span(1), "person", masked_name(found.group(1), masking), "标明为当事人的姓名")
