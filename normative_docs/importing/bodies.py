"""Names of issuing bodies: what is one, how they sign, and which of several spellings is the full name."""

import re

from normative_docs.importing.dates import find_dates

_ENDING = (
    r"(?:人民政府|政府|办事处|办公[厅室]|委员会|常务委员会|管委会|指挥部|领导小组|"
    r"国务院|最高人民法院|最高人民检察院|人民法院|人民检察院|管理局|总局|总署|税务局|支队|大队|总队|分局|支行|总行|银行|"
    r"研究室|党委|党工委|工委|纪委|监委|党组|中心|管理处|管理所|联合会|公安部|[\u4e00-\u9fa5]部|[\u4e00-\u9fa5]厅|[\u4e00-\u9fa5]局|[\u4e00-\u9fa5]署|"
    r"[\u4e00-\u9fa5]委|司法所|派出所|协会|总会|总工会|团委|联社|合作社|海关|气象台|消防救援[支大]队|[\u4e00-\u9fa5]院|[\u4e00-\u9fa5]办)"
)
_NAME = re.compile(rf"^[\u4e00-\u9fa5·（）()]{{0,50}}{_ENDING}$")
_NOT_A_NAME = re.compile(
    r"^(?:各|机关|镇属|市属|区属|县属|全体|附件|附|抄送|主送|报送|本|该|第|经|由|在|对|为|关于)|通知|规定|办法|意见|方案|印发"
)
_HEAD_PERSON = re.compile(
    r"^(?:代)?(?:省长|市长|区长|县长|镇长|乡长|主席|主任|局长|部长|署长|总理|行长|委员长|州长|盟长|旗长|院长|检察长|厅长|会长)"
    r"[\s\u3000]*[\u4e00-\u9fa5·][\u4e00-\u9fa5·\s\u3000]{1,12}$|^[\u4e00-\u9fa5]{1,12}(?:省长|市长|区长|县长|部长|局长|主任)[\s\u3000]+[\u4e00-\u9fa5·\s\u3000]{2,8}$"
)
_SEAL = re.compile(r"[（(](?:公章|盖章|印章|印|章|代章|签章)[）)]")
# Endings of a short name and of the full one that it may stand for.
_SAME_ENDING = (("委", "委员会"), ("办", "办公室"), ("局", "局"), ("政府", "人民政府"), ("办事处", "办事处"))
_SPACES = re.compile(r"[\s\u3000]+")


def close_up(text: str) -> str:
    """The text without spaces, as a name is read whatever its letter-spacing."""
    return _SPACES.sub("", text)


def is_body(text: str) -> bool:
    """Whether the text is the name of one body and nothing else."""
    bare = close_up(_SEAL.sub("", text))
    return bool(_NAME.match(bare)) and not _NOT_A_NAME.search(bare)


def is_head_person(text: str) -> bool:
    """Whether the line is the signature of a head: 县长 王某某."""
    return bool(_HEAD_PERSON.match(text.strip()))


def bodies_on_line(text: str) -> list[str]:
    """The bodies that a line names, alone or side by side (joint issue); empty when it is anything else."""
    bare = _SEAL.sub("", text).strip().rstrip("。")
    if not bare:
        return []
    parts = [part for part in re.split(r"[\s\u3000、，,]+", bare) if part]
    if len(parts) > 1 and all(is_body(part) and len(part) > 2 for part in parts):
        return parts
    return [close_up(bare)] if is_body(bare) else []


def bodies_and_date(text: str) -> list[str]:
    """The bodies on a line that ends in a date: 龙潭镇人民政府 2026年3月1日; empty for a 印发 line."""
    found = find_dates(text)
    if len(found) != 1 or text[found[0].end :].strip():
        return []
    return bodies_on_line(text[: found[0].start])


def fuller_name(signed: str, others: list[str]) -> str:
    """The longest of the other spellings that ends in the signed name (上海市甲区乙镇人民政府 for 乙镇人民政府).

    Where none does, the one that the signature shortens by leaving characters out (市交通委 for 甲市交通委员会).
    """
    fuller = [name for name in others if name.endswith(signed) and len(name) > len(signed)]
    fuller = fuller or [name for name in others if _shortens(signed, name)]
    return max(fuller, key=len, default=signed)


def _shortens(short: str, full: str) -> bool:
    """Whether every character of the short name stands in the full one in order, with the same kind of body behind."""
    if not 3 <= len(short) < len(full) or not any(
        short.endswith(one) and full.endswith(other) for one, other in _SAME_ENDING
    ):
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def standing_committee(meeting: str) -> str | None:
    """The body behind a session: 某市第十一届人民代表大会常务委员会第四十一次会议 → 某市人民代表大会常务委员会."""
    match = re.match(
        r"^(.*?)(?:第[一二三四五六七八九十百\d]+届)(.*?(?:人民代表大会|全国代表大会)(?:常务委员会)?)第", meeting
    )
    return match[1] + match[2] if match else None
