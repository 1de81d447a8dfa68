"""决策后评估台账."""

from django.db.models import Prefetch

from decisions.evaluation.choosing import POWER
from decisions.evaluation.filters import DecisionEvaluationFilter
from decisions.evaluation.models import DecisionEvaluation
from decisions.evaluation.workflow import Stage
from portal.web.inside.case_page import case_url
from portal.web.inside.register import Register, RegisterColumn, add_column, register
from portal.web.inside.worklist import Start, starts
from portal.web.tables import Cell


def _rows(person):
    return DecisionEvaluation.objects.visible_to(person).select_related("organisation", "decision")


REGISTER = register(
    Register(
        code="decision_evaluations",
        label="决策后评估台账",
        rows=_rows,
        filterset=DecisionEvaluationFilter,
        columns=(
            RegisterColumn(
                "title", "评估的决策", lambda e: e.decision.title,
                lambda e: Cell(
                    e.decision.title, kind="title", url=case_url(e), sub=e.decision.document_number or e.number
                ),
                kind="title", order="title",
            ),
            RegisterColumn("stage", "环节", lambda e: e.stage_label, lambda e: Cell(tag=e.stage_label, tag_kind="now")),
            RegisterColumn("organisation", "单位", lambda e: e.organisation.short_name, kind="nowrap"),
            RegisterColumn("triggers", "评估情形", lambda e: e.trigger_words, shown=False),
            RegisterColumn("evaluator", "评估单位", lambda e: e.evaluator),
            RegisterColumn("evaluator_kind", "评估方式", lambda e: e.get_evaluator_kind_display(), kind="nowrap"),
            RegisterColumn("finish_by", "完成日期", lambda e: e.finish_by, kind="date"),
            RegisterColumn("outcome", "结论", lambda e: e.get_outcome_display(), kind="nowrap"),
            RegisterColumn("decided_on", "结论日期", lambda e: e.decided_on, kind="date"),
            RegisterColumn("published_on", "公开日期", lambda e: e.published_on, kind="date"),
            RegisterColumn("opened_on", "选择日期", lambda e: e.opened_on, kind="date", order="opened_on", shown=False),
            RegisterColumn("number", "案卷号", lambda e: e.number, kind="no", shown=False),
        ),
        presets=tuple((one.label, f"stage={one.value}") for one in (Stage.STUDY, Stage.FOLLOW_UP, Stage.FINISHED)),
        empty_text="每年选择一至二件重大行政决策作后评估。",
        new_url="decision_evaluation:overview",
        new_label="选择评估的决策",
    )
)  # fmt: skip

starts.append(
    Start(
        "决策后评估",
        "从执行中的重大行政决策选择一至二件，听取公众意见，评估实施效果，决定继续实施、调整或者停止实施。",
        "decision_evaluation:overview",
        POWER,
    )
)


def _with_evaluations(decisions):
    newest = DecisionEvaluation.objects.order_by("-pk")
    return decisions.prefetch_related(Prefetch("evaluations", newest, to_attr="newest_evaluations"))


def _evaluation_words(decision) -> str:
    """What the newest evaluation of a decision came to, or how far it is."""
    newest = next(iter(decision.newest_evaluations), None)
    return (newest.get_outcome_display() or newest.stage_label) if newest is not None else ""


# The ledger of decisions shows what became of each (S4-17.1a).
EVALUATION_COLUMN = add_column(
    "decisions", RegisterColumn("evaluation", "后评估", _evaluation_words), rows=_with_evaluations
)
