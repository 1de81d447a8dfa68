"""The columns of a list of existing documents, declared once for the template, its notes and the reader."""

from normative_docs.vocabulary import DocumentKind
from portal.casefiles.models import Disclosure
from portal.organisations.models import Organisation
from portal.web.list_sheets import CHOICE, DAY, ListColumn, ListSheet

SHEET = "存量文件"
MOST_ROWS = 2000


def _kinds(organisation) -> list[str]:
    return list(DocumentKind.labels)


def _disclosures(organisation) -> list[str]:
    return list(Disclosure.labels)


def names_of(organisation: Organisation) -> list[str]:
    """How the town may be named in a list: in full, short, and as it was called before."""
    return list(
        dict.fromkeys(
            [organisation.name, organisation.short_name, *organisation.aliases.values_list("name", flat=True)]
        )
    )


COLUMNS = (
    ListColumn("title", "标题", "文件全称，不加书名号，例如：龙潭镇农村住房建设管理办法", is_needed=True, width=44),
    ListColumn("document_number", "发文字号", "照原文填写，例如：龙政规〔2024〕1号；原文没有的留空", width=22),
    ListColumn(
        "issuing_authority", "制定机关", "本机关的全称、简称或者曾用名", CHOICE, is_needed=True, width=22,
        choices=names_of,
    ),
    ListColumn("document_kind", "文种", "留空的，按标题末尾的文种判断", CHOICE, choices=_kinds),
    ListColumn("issued_on", "成文日期", "例如 2024-03-01 或者 2024年3月1日", DAY, is_needed=True),
    ListColumn("published_on", "公布日期", "留空的，按成文日期登记", DAY),
    ListColumn("effective_on", "施行日期", "原文没有写明的留空，不作推测", DAY),
    ListColumn("valid_until", "有效期至", "最后一天，当日仍有效；原文没有载明的留空", DAY),
    ListColumn("validity_text", "有效期原文", "原文关于有效期的一句话", width=26),
    ListColumn("repealed_on", "废止日期", "已经废止或者宣布失效的，填写生效的日期", DAY),
    ListColumn("registration_number", "统一登记号", "已经统一登记的，照原样填写", width=20),
    ListColumn("adopted_at", "审议会议", "例如：2024年第3次镇长办公会议", width=22),
    ListColumn("topic", "主题分类", "例如：城乡建设", width=14),
    ListColumn("legal_basis", "制定依据", "上位法和文件的名称、条款", width=26),
    ListColumn("repeals_text", "废止文件", "本文件废止的文件，写明标题和文号", width=26),
    ListColumn(
        "disclosure", "公开属性", "不主动公开的，须在后一栏说明理由", CHOICE, is_needed=True, choices=_disclosures
    ),
    ListColumn("disclosure_reason", "公开属性的理由", "依申请公开或者不予公开的，必须填写", width=22),
    ListColumn("draft_text", "正文", "文件全文；与原文压缩包一起上传的可以留空，正文从原文读取", width=40),
    ListColumn("source_file", "原文文件名", "与原文压缩包一起上传时填写，例如：001.docx", width=20),
)  # fmt: skip
BY_CODE = {column.code: column for column in COLUMNS}
LIST = ListSheet(
    sheet=SHEET,
    columns=COLUMNS,
    mark="title",
    most_rows=MOST_ROWS,
    nothing="清单中没有填写任何文件。",
    sentences=(
        f"一行登记一件文件，一次不超过 {MOST_ROWS} 行。栏目的顺序可以变，名称不能变；多余的栏目不读取。",
        "上传后先看预览：有错误的行写明错在哪里，任何一行有错误，全部都不登记；改正后重新上传。",
        "发文字号和制定机关相同的，视为同一件文件，不会重复登记；同一份清单再次上传不会改变任何内容。",
        "登记只是把此前已经制发的文件记录在案，不补作制定程序，也不产生新的效力。",
    ),
)
