"""Who issued a text, read from the text itself: what a document may set depends on it.

行政许可法 14–17, 行政处罚法 10–16, 行政强制法 10–11: laws and regulations may set permits, penalties and
coercion, rules (规章) a little, normative documents of any level nothing.
"""

import re
from enum import Enum

from normative_docs.importing.metadata import ImportedMetadata


class Level(Enum):
    """From the law downwards. A text that does not say who issued it counts as a township's."""

    LAW = "法律、法规"
    RULE = "规章"
    NATIONAL = "国家机关文件"
    PARTY = "党内文件"
    REGIONAL = "省、市机关文件"
    COUNTY = "县（市、区）机关文件"
    TOWN = "乡镇（街道）文件"

    @property
    def is_local(self) -> bool:
        """Whether every rule of the engine looks at it."""
        return self in (Level.REGIONAL, Level.COUNTY, Level.TOWN)


_CONGRESS = re.compile(
    r"(?:全国|[\u4e00-\u9fff]{2,12}(?:省|自治区|市|州|县))?(?:第[一二三四五六七八九十]+届)?人民代表大会(?:常务委员会)?"
)
_PASSED = re.compile(rf"{_CONGRESS.pattern}[^。]{{0,24}}(?:通过|批准|修订|修正)")
_STATE_ORDER = re.compile(r"国务院令|国务院(?:第\d+次)?常务会议(?:修订)?通过|最高人民(?:法院|检察院)|法释〔")
_ORDER = re.compile(
    r"(?:部|委员会|总局|总署|署|局|银行|省人民政府|市人民政府|自治区人民政府)令?(?:[（(]?第?[\d一二三四五六七八九十百〇零]+号[）)]?|第)|(?:部|局|署|会|行)令第|人民政府令"
)
_LAW_TITLE = re.compile(r"^(?:中华人民共和国[^关通]*(?:法|条例|法典)|[^关通]*[^办]条例)(?:[（(][^）)]*[）)])?$")
_PARTY = re.compile(r"^(?:中共中央|中国共产党|中央)(?!.*人民政府)")
_MINISTRY = re.compile(
    r"^(?:中华人民共和国)?(?:国务院|国家|全国|最高人民|财政部|教育部|科技部|科学技术部|工业和信息化部|公安部|民政部|司法部|"
    r"人力资源(?:和)?社会保障部|自然资源部|生态环境部|住房(?:和)?城乡建设部|交通运输部|水利部|农业农村部|农业部|商务部|"
    r"文化和旅游部|文化部|退役军人事务部|应急管理部|中国人民银行|审计署|海关总署|税务总局|市场监管总局|体育总局|"
    r"国防部|外交部|卫生部|铁道部|建设部|国土资源部|环境保护部|中央|中国(?:证监会|银保监会|气象局|民用航空局|残联))"
)  # fmt: skip
_OWN_TOWN = re.compile(r"[本我](?:镇|乡|街道|村|县|区|市|社区)|(?:镇|乡|街道)(?:人民)?政府(?!工作)")
_NATION = re.compile(r"各省、自治区、直辖市|国务院[\u4e00-\u9fff]{0,12}(?:部门|机构)|设区的市级以上")
_TOWN = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:镇|乡|街道)(?:人民政府|办事处|党委|党工委|委员会|党政|综合|农业|社会|村镇|$|[^、，。\s]{0,10}(?:办公室|中心|所|站|指挥部|领导小组))"
)
_COUNTY = re.compile(r"(?:县|区|旗)(?:人民政府|委|[^、，。\s]{1,14}(?:局|委员会|办公室|中心|办))")
_REGION = re.compile(r"(?:省|市|自治区|自治州|州|盟)(?:人民政府|委|[^、，。\s]{1,16}(?:局|厅|委员会|办公室|中心|办))")


def level_of(text: str, facts: ImportedMetadata) -> Level:
    """The level of the issuer, by head, signature and title."""
    lines = [line.strip(" \t\u3000\ufeff") for line in text.splitlines() if line.strip(" \t\u3000\ufeff")]
    head = [re.sub(r"\s", "", line) for line in lines[:8] if len(line) < 90]
    title = re.sub(r"\s", "", facts.title or (head[0] if head else ""))
    for line in head:
        if len(line) < 75 and not line.startswith(("关于", "《")):
            if _PASSED.search(line) or _STATE_ORDER.search(line):
                return Level.LAW
            if _ORDER.search(line) and ("令" in line) and not re.search(r"根据|依据|按照", line):
                return Level.RULE
    if _LAW_TITLE.match(title) and not re.search(r"镇|乡|街道", title):
        return Level.LAW
    body = facts.issuing_body or ""
    for name in (*body.split("、"), *_signed(lines)):
        if found := _of_body(name):
            return found
    return _of_title("".join(head[:3])) or (Level.NATIONAL if _speaks_to_the_nation(text, title) else Level.TOWN)


def _speaks_to_the_nation(text: str, title: str) -> bool:
    """A text without issuer that addresses provinces or state organs and never speaks of 本镇."""
    return not _OWN_TOWN.search(title + text) and bool(_NATION.search(text))


def _signed(lines: list[str]) -> list[str]:
    tail = [re.sub(r"\s", "", line) for line in lines[-8:]]
    return [line for line in tail if 2 < len(line) < 40 and not re.search(r"[，。；：]", line)]


def _of_body(name: str) -> Level | None:
    if not name:
        return None
    if _PARTY.match(name):
        return Level.PARTY
    if _MINISTRY.match(name):
        return Level.NATIONAL
    if _TOWN.search(name):
        return Level.TOWN
    if _COUNTY.search(name):
        return Level.COUNTY
    return Level.REGIONAL if _REGION.search(name) else None


def _of_title(head: str) -> Level | None:
    """The issuer printed before 关于, or the sign of its number (国办发〔…〕)."""
    if re.search(r"国(?:办)?(?:发|函|令|办发明电)(?:明电)?[〔\[（(]", head):
        return Level.NATIONAL
    issuer = head.split("关于")[0] if "关于" in head else head[:30]
    return _of_body(issuer) if issuer else None
