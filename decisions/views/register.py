"""重大行政决策台账 (S4-17.1a): every decision with its days, steps and executing unit."""

from decisions.filters import DecisionFilter
from decisions.models import MajorDecision
from decisions.views.step_days import COLUMNS, with_step_days
from decisions.views.watching import execution_words, with_execution
from portal.web.inside.case_page import case_url
from portal.web.inside.register import Register, RegisterColumn, register
from portal.web.inside.worklist import Start, starts
from portal.web.tables import Cell


def _rows(person):
    rows = MajorDecision.objects.visible_to(person).select_related("organisation", "handling_unit", "executing_unit")
    return with_execution(with_step_days(rows))


def _title(decision):
    return Cell(decision.title, kind="title", url=case_url(decision), sub=decision.document_number or decision.number)


REGISTER = register(
    Register(
        code="decisions",
        label="重大行政决策台账",
        rows=_rows,
        filterset=DecisionFilter,
        columns=(
            RegisterColumn("title", "决策事项", lambda d: d.title, _title, kind="title", order="title"),
            RegisterColumn("document_number", "决策文号", lambda d: d.document_number, kind="no", shown=False),
            RegisterColumn("stage", "环节", lambda d: d.stage_label, lambda d: Cell(tag=d.stage_label, tag_kind="now")),
            RegisterColumn("organisation", "单位", lambda d: d.organisation.short_name, kind="nowrap"),
            RegisterColumn(
                "handling_unit", "承办单位", lambda d: d.handling_unit.short_name if d.handling_unit else "",
                kind="nowrap",
            ),
            RegisterColumn("proposer", "提出主体", lambda d: d.get_proposer_kind_display()),
            RegisterColumn("proposed_on", "提出日期", lambda d: d.proposed_on, kind="date", shown=False),
            RegisterColumn("started_on", "启动日期", lambda d: d.started_on, kind="date"),
            *COLUMNS,
            RegisterColumn("decided_on", "决策日期", lambda d: d.decided_on, kind="date"),
            RegisterColumn("published_on", "公布日期", lambda d: d.published_on, kind="date"),
            RegisterColumn(
                "executing_unit", "执行单位", lambda d: d.executing_unit.short_name if d.executing_unit else "",
                kind="nowrap",
            ),
            RegisterColumn("execution", "执行情况", execution_words),
            RegisterColumn("executed_until", "计划完成", lambda d: d.executed_until, kind="date", shown=False),
            RegisterColumn("due_on", "应当决策的日期", lambda d: d.due_on, kind="date", shown=False),
            RegisterColumn("opened_on", "立卷日期", lambda d: d.opened_on, kind="date", order="opened_on"),
            RegisterColumn("number", "案卷号", lambda d: d.number, kind="no", shown=False),
        ),
        presets=(
            ("决策建议", "stage=proposed"), ("公众参与", "stage=participation"), ("执行中", "stage=execution"),
            ("执行完毕", "stage=executed"),
        ),
        empty_text="本机关提出、起草、作出和执行的重大行政决策。",
        new_url="decisions:new",
        new_label="登记决策建议",
    )
)  # fmt: skip

starts.append(
    Start(
        "重大行政决策",
        "对经济社会发展有重大影响、涉及重大公共利益或者社会公众切身利益的事项，从建议、起草、公众参与到决定、公布、执行。"
        "宏观调控、政府立法和突发事件应急处置不适用。",
        "decisions:new",
        "decisions.draft",
    )
)
