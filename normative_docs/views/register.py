"""规范性文件台账."""

from normative_docs.filters import DocumentFilter
from normative_docs.models import OF_RECORD, Effect, NormativeDocument
from portal.web.inside.case_page import case_url
from portal.web.inside.register import Register, RegisterColumn, register
from portal.web.inside.worklist import Start, starts
from portal.web.tables import Cell


def _rows(person):
    return NormativeDocument.objects.visible_to(person).select_related(
        "organisation", "handling_unit", "issuing_authority"
    )


def _title(document):
    dead = document.effect_on() in (Effect.LAPSED, Effect.REPEALED)
    return Cell(
        document.title, kind="title", url=case_url(document),
        prefix=f"已{document.effect_on().label}" if dead else "", sub=document.document_number or document.number,
    )  # fmt: skip


def _effect(document):
    return document.effect_on().label if document.stage in OF_RECORD else ""


REGISTER = register(
    Register(
        code="normative_docs",
        label="规范性文件台账",
        rows=_rows,
        filterset=DocumentFilter,
        columns=(
            RegisterColumn("title", "标题", lambda d: d.title, _title, kind="title", order="title"),
            RegisterColumn("document_number", "发文字号", lambda d: d.document_number, kind="no", shown=False),
            RegisterColumn(
                "registration_number", "统一登记号", lambda d: d.registration_number, kind="no", shown=False
            ),
            RegisterColumn("stage", "环节", lambda d: d.stage_label, lambda d: Cell(tag=d.stage_label, tag_kind="now")),
            RegisterColumn("effect", "效力", _effect, kind="nowrap"),
            RegisterColumn("organisation", "单位", lambda d: d.organisation.short_name, kind="nowrap"),
            RegisterColumn(
                "handling_unit",
                "起草单位",
                lambda d: d.handling_unit.short_name if d.handling_unit else "",
                kind="nowrap",
            ),
            RegisterColumn("issued_on", "成文日期", lambda d: d.issued_on, kind="date"),
            RegisterColumn("published_on", "公布日期", lambda d: d.published_on, kind="date"),
            RegisterColumn("effective_on", "施行日期", lambda d: d.effective_on, kind="date", shown=False),
            RegisterColumn("valid_until", "有效期至", lambda d: d.valid_until, kind="date"),
            RegisterColumn("opened_on", "立卷日期", lambda d: d.opened_on, kind="date", order="opened_on"),
            RegisterColumn("number", "案卷号", lambda d: d.number, kind="no", shown=False),
        ),
        presets=(("在办", "stage=drafting"), ("现行有效", "effect=in_force"), ("已失效", "effect=lapsed")),
        empty_text="本机关起草、制发和登记的行政规范性文件。",
        new_url="normative_docs:recognise",
        new_label="新建规范性文件",
    )
)

starts.append(
    Start(
        "行政规范性文件",
        "涉及公民、法人和其他组织权利义务，具有普遍约束力，在一定期限内反复适用的公文：办法、规定、细则、通告等。"
        "内部管理制度、机构编制、会议纪要、工作方案、请示报告、表彰奖惩、人事任免不属于规范性文件。",
        "normative_docs:recognise",
        "normative_docs.draft",
    )
)
starts.append(
    Start(
        "存量规范性文件登记",
        "把此前已经制发的文件登记入库：可上传原文，由系统识别标题、文号、日期，核对后登记。",
        "normative_docs:import",
        "normative_docs.register",
    )
)
