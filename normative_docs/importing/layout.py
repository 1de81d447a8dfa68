"""The parts of an official document: web labels, head, title, cover text, signature, annexed text."""

import re
from dataclasses import dataclass, field

from normative_docs.importing.bodies import bodies_and_date, bodies_on_line, close_up, is_head_person
from normative_docs.importing.dates import FoundDate, find_dates, whole_date
from normative_docs.importing.numbers import number_on_line, order_on_lines, serial_on_line
from normative_docs.importing.titles import is_complete, must_go_on

_LABELS = {
    "title": "标题|文件名称|信息名称|名称|文件标题",
    "number": "发文字号|发文文号|文号|文件编号|文件字号|发文号",
    "body": "发文机关|发文单位|发布机构|发布机关|发布单位|制定机关|制发机关|成文单位|颁布单位|印发机关",
    "issued": "成文日期|成文时间|发文日期|签发日期|制发日期",
    "published": "发布日期|发布时间|公开日期|公布日期|印发日期|印发时间|生成日期|发文时间|日期|时间|公开时间",
    "effective": "施行日期|实施日期|生效日期|生效时间|实施时间|施行时间|执行日期",
    "until": "失效日期|失效时间|废止日期|有效期至|终止日期|截止日期",
    "other": (
        "索引号|索取号|主题分类|主题词|信息分类|分类|组配分类|体裁分类|体裁|公开方式|公开属性|公开范围|公开形式|信息公开类别|有效性|"
        "时效性|时效|状态|文件状态|效力状态|来源|信息来源|稿件来源|字号|字体|浏览次数|点击数|点击量|访问量|阅读次数|作者|责任编辑|编辑|"
        "统一登记号|登记号|统一编号|规范性文件编号|规范性文件登记号|规范性文件统一编号|登记编号|备案号|统一登记编号|备案编号|效力级别|层级|类型|官方链接|原文链接|链接|关键词|文种|文件类型|公文种类|密级|"
        "紧急程度|签发人|内容概述|主送|抄送|服务对象|责任部门|信息索引"
    ),
}
_KIND_OF = {name: kind for kind, names in _LABELS.items() for name in names.split("|")}
_LABEL = re.compile(
    r"[【\[]?(?P<name>"
    + "|".join(r"[\s\u3000]{0,3}".join(n) for n in sorted(_KIND_OF, key=len, reverse=True))
    + r")[】\]]?"
    r"[ \u3000]*[：:\t|](?![：:])"
)
_NOISE = re.compile(
    r"^(?:当前位置|您的位置|您现在的位置|首页\s*[>＞»/|]|首\s+页|\[?字体|\[?字号|【?打印|打印本页|关闭窗口|分享到|扫一扫|浏览|下载|上传人|举报|相关附件|"
    r"返回|收藏|\d{6}$|[—–\-=_＿－*]{3,}$|>|<!--|特急$|加急$|平急$|急件$|秘密|机密|内部|主动公开$|份号|（?此件(?:公开|主动|依申请)|（?本文有删减|（?有效期)"
)
_INFO = re.compile(r"^[（(]?[^。]{0,140}(?:通过|公布|发布|批准|修订|修正|施行|实施|修改|颁布|废止)[^。]{0,12}[）)]?$")
_END_MATTER = re.compile(
    r"^(?:抄送|抄报|主送|主题词|公开属性|信息公开|公开方式|[（(](?:此件|本文|联系人|公开)|.*印发$|印发$|校对|共印|分送|打印)"
)
_SALUTATION = re.compile(r"^[^。；]{2,200}[：:]$")
_OPENING = re.compile(
    r"^(?:第[一1]条|第[一1]章|一、|（一）|目\s*录$|为(?:了|进一步|贯彻|加强|规范|深入|切实)|根据|现将|经)"
)


@dataclass
class Layout:
    """What stands where. ``cover`` is the text down to the signature, ``annex`` what follows it."""

    labels: dict[str, str] = field(default_factory=dict)
    head_bodies: list[str] = field(default_factory=list)
    title_lines: list[str] = field(default_factory=list)
    number: str | None = None
    bare_serial: str | None = None
    other_numbers: list[str] = field(default_factory=list)
    order_issuer: str | None = None
    head_date: FoundDate | None = None
    info: list[str] = field(default_factory=list)
    salutation: str | None = None
    cover: list[str] = field(default_factory=list)
    signed_bodies: list[str] = field(default_factory=list)
    signed_on: FoundDate | None = None
    imprint_on: FoundDate | None = None
    annex: list[str] = field(default_factory=list)

    @property
    def printed_title(self) -> str:
        """The title in one line, the breaks and letter-spacing of the layout taken out."""
        return close_up("".join(self.title_lines))


def lay_out(lines: list[str]) -> Layout:
    """Find the parts of a document in its lines."""
    clean = [_without_marks(line) for line in lines]
    clean = [line for line in clean if line]
    layout = Layout()
    start = _read_head(clean, layout)
    _read_rest(clean[start:], layout)
    return layout


def labels_on(line: str) -> dict[str, str]:
    """The label-value pairs of a web page line (发文字号：龙政规〔2026〕1号 成文日期：…); empty for other lines."""
    first = _LABEL.match(line)
    if not first:
        return {}
    spots = list(_LABEL.finditer(line))
    pairs: dict[str, str] = {}
    for spot, after in zip(spots, [*spots[1:], None], strict=True):
        value = line[spot.end() : after.start() if after else len(line)].strip(" \u3000\t|")
        pairs.setdefault(_KIND_OF[close_up(spot["name"])], value)
    return pairs


def _without_marks(line: str) -> str:
    """A line without Markdown marks and outer spaces; comments and quoted site notes vanish."""
    bare = line.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "").strip(" \u3000\t\r\n")
    if bare.startswith(("<!--", ">", "---", "***", "===")):
        return ""
    bare = re.sub(r"^#{1,6}\s+", "", bare)
    return bare.replace("**", "").strip()


def _read_head(lines: list[str], layout: Layout) -> int:
    """Read down to the first line of the text proper; returns its index."""
    index = 0
    while index < min(len(lines), 60):
        line, following = lines[index], lines[index + 1] if index + 1 < len(lines) else ""
        used = _take_head_line(line, following, layout)
        if used:
            index += used
        elif layout.title_lines and close_up(line) == layout.printed_title:
            index += 1
        elif layout.title_lines and _SALUTATION.match(line):
            layout.salutation = line
            return index + 1
        elif layout.title_lines or _starts_text(line):
            return index
        else:
            index = _take_title(lines, index, layout)
    return index


def _take_head_line(line: str, following: str, layout: Layout) -> int:
    """Note a line of the head (label, letterhead, number, date, history); returns the lines used, 0 for none."""
    if pairs := labels_on(line):
        return 1 + _take_labels(pairs, following, layout)
    if _NOISE.match(line) or close_up(line).startswith("签发人"):
        return 1
    if order := order_on_lines(line, following):
        layout.order_issuer, layout.number = layout.order_issuer or order[0], layout.number or order[1]
        return 2 if order[2] else 1
    if number := _letterhead_number(line):
        _take_number(number, layout)
    elif serial := serial_on_line(line):
        layout.bare_serial = layout.bare_serial or serial
    elif found := whole_date(line):
        layout.head_date = layout.head_date or found
    elif _is_info(line) and (layout.title_lines or layout.number):
        layout.info.append(line)
    elif bodies := _head_bodies(line, layout):
        layout.head_bodies += bodies
    else:
        return 0
    return 1


def _take_number(number: str, layout: Layout) -> None:
    if layout.number is None:
        layout.number = number
    elif number != layout.number:
        layout.other_numbers.append(number)


def _take_labels(pairs: dict[str, str], following: str, layout: Layout) -> int:
    """Note the labels; returns 1 when the value stands on the next line, else 0."""
    used = 0
    if len(pairs) == 1 and not next(iter(pairs.values())) and following and not labels_on(following):
        kind = next(iter(pairs))
        if kind != "other" and len(following) < 80:
            pairs, used = {kind: following}, 1
    for kind, value in pairs.items():
        if value and kind != "other":
            layout.labels.setdefault(kind, value)
    return used


def _letterhead_number(line: str) -> str | None:
    number = number_on_line(line)
    if number is None and "\t" in line:
        number = next((n for part in line.split("\t") if (n := number_on_line(part))), None)
    return number


def _is_info(line: str) -> bool:
    """A line of the legislative history: a date, or a meeting, and what happened then."""
    return bool(_INFO.match(line)) and bool(find_dates(line) or "会议" in line) and "《" not in line[:1]


def _head_bodies(line: str, layout: Layout) -> list[str]:
    """Bodies of a letterhead, or over the title; the lone word 文件 of a joint letterhead vanishes."""
    bare = close_up(line)
    if bare in ("文件", "（通知）"):
        return layout.head_bodies[-1:]
    if bare.endswith("文件"):
        return bodies_on_line(line.rstrip()[:-1].rstrip()[:-1]) or bodies_on_line(bare.removesuffix("文件"))
    return bodies_on_line(line)


def _starts_text(line: str) -> bool:
    return line.endswith(("。", "；")) or bool(_SALUTATION.match(line) and len(line) > 3) or bool(_OPENING.match(line))


def _take_title(lines: list[str], index: int, layout: Layout) -> int:
    """Gather the title from one or several lines; returns the index after it."""
    title = [lines[index]]
    index += 1
    while index < len(lines) and len(title) < 6:
        line, joined = lines[index], close_up("".join(title))
        repeats = close_up(line) == joined
        if (
            repeats
            or number_on_line(line)
            or serial_on_line(line)
            or whole_date(line)
            or labels_on(line)
            or _is_info(line)
            or _NOISE.match(line)
        ):
            break
        going_on = must_go_on(joined) or re.match(
            r"^(?:的|（试行）|（暂行）|（修订）|（[一二三四五六七八九十]+）$)", line
        )
        if _starts_text(line) or (is_complete(joined) and not going_on):
            break
        if not going_on and not is_complete(close_up(joined + line)) and len(joined + line) > 90:
            break
        title.append(line)
        index += 1
    if len(title) > 1 and not is_complete(close_up("".join(title))) and not must_go_on(close_up(title[0])):
        index -= len(title) - 1
        title = title[:1]
    layout.title_lines = title
    return index


def _read_rest(lines: list[str], layout: Layout) -> None:
    """Split the text at the signature and read signature and imprint."""
    spot = _signature_date(lines)
    if spot is None:
        layout.cover = [line for line in lines if not labels_on(line)]
        _take_trailing_signature(layout)
    else:
        layout.signed_on = _date_of(lines[spot])
        first = _signature_start(lines, spot, layout)
        layout.cover = lines[:first]
        rest = lines[spot + 1 :]
        if not layout.signed_bodies and rest and (bodies := bodies_on_line(rest[0])):
            layout.signed_bodies, rest = bodies, rest[1:]
        layout.annex = [line for line in rest if not _END_MATTER.match(line)]
    for line in lines:
        if line.endswith("印发") and (found := find_dates(line)):
            layout.imprint_on = found[-1]
        for kind, value in labels_on(line).items():
            if kind in ("number", "issued") and len(line) < 60:
                layout.labels.setdefault(kind, value)


def _date_of(line: str) -> FoundDate | None:
    return whole_date(line) or (find_dates(line)[-1] if bodies_and_date(line) else None)


def _signature_date(lines: list[str]) -> int | None:
    """The line with the date of signing: under a body or a head, or where the text has just ended."""
    dated = [n for n, line in enumerate(lines) if _date_of(line)]
    for n in dated:
        before = lines[n - 1] if n else ""
        after = lines[n + 1] if n + 1 < len(lines) else ""
        if bodies_and_date(lines[n]) or bodies_on_line(before) or is_head_person(before) or bodies_on_line(after):
            return n
    for n in dated:
        if n and lines[n - 1].endswith(("。", "通知", "附件）")):
            return n
    return dated[0] if dated else None


def _signature_start(lines: list[str], spot: int, layout: Layout) -> int:
    layout.signed_bodies = bodies_and_date(lines[spot])
    first = spot
    while first > 0 and spot - first < 12:
        line = lines[first - 1]
        if bodies := bodies_on_line(line):
            layout.signed_bodies = bodies + layout.signed_bodies
        elif not is_head_person(line) and not whole_date(line):
            break
        first -= 1
    return first


def _take_trailing_signature(layout: Layout) -> None:
    """A signature without a date at the end of the text."""
    while layout.cover and (_END_MATTER.match(layout.cover[-1]) or bodies_on_line(layout.cover[-1])):
        layout.signed_bodies = bodies_on_line(layout.cover[-1]) + layout.signed_bodies
        layout.cover.pop()
