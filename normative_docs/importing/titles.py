"""Titles: when one is complete, whose name stands before it, and which document a cover notice carries.

The title recorded is that of the document itself: for 关于印发《甲办法》的通知 it is 甲办法, because that is what
is in force, cited and searched. A notice that says something of its own (延长、修改、废止、调整、转发) keeps its
own title, without the issuing body before 关于.
"""

import re

from normative_docs.importing.bodies import bodies_on_line, close_up

_NOTICE = "通知|公告|通告|决定|决议|函|批复|通报|令|命令|公报"
_RULE = (
    "办法|规定|细则|规则|条例|规程|方案|意见|制度|标准|目录|清单|规划|计划|要点|措施|政策|准则|守则|规范|指引|指南|章程|预案|公约|法|解释|报告|"
    "基准|导则|要求|程序|安排|机制|名单|职责|流程|分工|纲要|须知|条款|约定|手册|细目|举措|条件|大纲|工作|制|名录|表|说明|范围|期限|权限|事项|补充|任务"
)
_TAIL = r"(?:[（(][^（）()]{1,30}[）)])*"
_COMPLETE = re.compile(rf"(?:{_NOTICE}|{_RULE}){_TAIL}$")
_NOTICE_END = re.compile(rf"(?:{_NOTICE}|意见){_TAIL}$")
_CARRIES = (
    r"(?:(?:修订|重新|修改|调整|联合|补充|制定)(?:后|并)?[，、]?)*(?:并)?(?:重新)?"
    r"(?:印发|发布|公布|颁布|颁发|下发|颁行)"
)
_CARRIER = re.compile(
    rf"关于{_CARRIES}(?P<object>.+?)(?P<after>(?:[（(][^（）()]{{1,12}}[）)])?)的?(?:{_NOTICE}){_TAIL}$"
)
_SENDER = re.compile(r"^(?:关于)?(?:转发|批转)|关于(?:转发|批转)")
_VERB = re.compile(r"(?:关于|印发|转发|批转)")
_PAIRS = (("《", "》"), ("（", "）"), ("(", ")"), ("〈", "〉"), ("“", "”"))
_TRANSLATE = str.maketrans(
    {"(": "（", ")": "）", "<": "〈", ">": "〉", "“": "”", "＜": "〈", "＞": "〉", "－": "-", "—": "-", "–": "-"}
)


def is_complete(title: str) -> bool:
    """Whether a title could end here: brackets closed and a kind of document at the end."""
    return _balanced(title) and bool(_COMPLETE.search(title)) and not must_go_on(title)


def must_go_on(title: str) -> bool:
    """Whether a title cannot end here: an open bracket, or 关于印发… without its 通知."""
    if not _balanced(title):
        return True
    verb = re.search(rf"关于(?:{_CARRIES}|转发|批转|废止|延长|宣布失效|调整|修改)", title)
    return bool(verb) and not _NOTICE_END.search(title[verb.end() :]) and not title.endswith("公示")


def normalised_title(title: str | None) -> str:
    """One spelling for comparison: no spaces, one kind of brackets and dashes, no outer 《》."""
    if not title:
        return ""
    text = close_up(title).translate(_TRANSLATE)
    text = text.replace("《", "〈").replace("》", "〉")
    return text[1:-1] if text.startswith("〈") and text.endswith("〉") and text.count("〈") == 1 else text


def split_issuer(title: str) -> tuple[list[str], str]:
    """The issuing bodies before 关于 (or 转发, 印发) and the title without them."""
    verb = _VERB.search(title)
    if verb and verb.start():
        before = title[: verb.start()]
        bodies = bodies_on_line(before) or bodies_on_line(before.replace("和", "、").replace("及", "、"))
        if bodies:
            return bodies, title[verb.start() :]
    return [], title


def carried_title(notice: str) -> str | None:
    """The one document that a cover notice issues (关于印发《甲》的通知 → 甲); None when it carries none or several."""
    match = _CARRIER.search(notice)
    if not match or _SENDER.search(notice):
        return None
    obj = match["object"]
    quoted = quoted_titles(obj)
    if not quoted:
        bare = obj.strip()
        return bare + match["after"] if re.search(rf"(?:{_RULE}){_TAIL}$", bare) and _balanced(bare) else None
    _start, end, inner = quoted[0]
    rest = obj[end:]
    if len(quoted) > 1 or re.match(r"^等|^(?:和|及|与|、)", rest) or re.search(r"(?:部分|有关|若干)条款|补充", rest):
        return None
    suffix = rest if re.fullmatch(r"[（(][^（）()]{1,12}[）)]", rest) else ""
    return inner + suffix + match["after"]


def carries_annex(notice: str) -> bool:
    """Whether the annexed text is what the notice puts into force (印发、发布、转发、批转)."""
    return bool(re.search(rf"关于{_CARRIES}|(?:转发|批转)|^印发|印发.*的通知$", notice))


def quoted_titles(text: str) -> list[tuple[int, int, str]]:
    """Every outermost 《…》 as (start, end, title), inner marks of any style kept as printed."""
    found: list[tuple[int, int, str]] = []
    depth, start = 0, 0
    for index, char in enumerate(text):
        if char == "《":
            depth += 1
            start = index if depth == 1 else start
        elif char == "》" and depth:
            depth -= 1
            if depth == 0:
                found.append((start, index + 1, close_up(text[start + 1 : index])))
    if depth and not found:
        closing = text.rfind("》")
        if closing > start:
            found.append((start, closing + 1, close_up(text[start + 1 : closing])))
    return found


def heading_for(title: str, lines: list[str]) -> str | None:
    """The heading among the lines (on one to three of them) that is the given title, perhaps with （试行） added."""
    wanted = normalised_title(title)
    for index in range(min(len(lines), 40)):
        joined = ""
        for line in lines[index : index + 3]:
            joined += close_up(line)
            if len(joined) > len(wanted) + 12:
                break
            spelled = normalised_title(joined)
            if spelled == wanted or re.fullmatch(re.escape(wanted) + r"（[^（）]{1,8}）", spelled):
                return joined.removeprefix("《").removesuffix("》") if joined.startswith("《") else joined
    return None


def _balanced(title: str) -> bool:
    return all(title.count(opening) == title.count(closing) for opening, closing in _PAIRS)
