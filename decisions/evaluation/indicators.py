"""The figures that evaluations of decisions contribute (S1-13.1, S4-17.1b)."""

from decimal import Decimal

from decisions.evaluation.gates import LAW, LOCAL
from decisions.evaluation.models import Correction, DecisionEvaluation
from decisions.evaluation.vocabulary import EvaluatorKind, Outcome
from decisions.evaluation.workflow import Stage
from portal.casefiles.figures import counted, files_behind
from portal.indicators.registry import Figure, Unit, indicator, percentage

SECTION = "decisions"
BASIS = f"{LAW}；{LOCAL}"


def _within(scope):
    return DecisionEvaluation.objects.filter(organisation__path__startswith=scope.organisation.path)


def _concluded(scope):
    return _within(scope).filter(decided_on__range=(scope.start, scope.end))


@indicator(
    "decisions.evaluations_chosen", label="选择作后评估的重大行政决策", unit=Unit.COUNT, section=SECTION, basis=BASIS,
    formula="期间内立卷、没有终止的决策后评估件数",
)  # fmt: skip
def evaluations_chosen(scope):
    return counted(_within(scope).filter(opened_on__range=(scope.start, scope.end)).exclude(stage=Stage.ABANDONED))


@indicator(
    "decisions.evaluated", label="作出结论的决策后评估", unit=Unit.COUNT, section=SECTION, basis=BASIS,
    formula="期间内作出评估结论的决策后评估件数",
)  # fmt: skip
def evaluated(scope):
    return counted(_concluded(scope))


@indicator(
    "decisions.evaluated_by_third_party", label="委托第三方的决策后评估", unit=Unit.COUNT, section=SECTION, basis=BASIS,
    formula="期间内作出评估结论、由第三方承担评估具体工作的件数",
)  # fmt: skip
def evaluated_by_third_party(scope):
    return counted(_concluded(scope).filter(evaluator_kind=EvaluatorKind.THIRD_PARTY))


@indicator(
    "decisions.evaluations_changing", label="后评估后调整、停止实施的决策", unit=Unit.COUNT, section=SECTION,
    basis=BASIS, formula="期间内评估结论为调整或者停止实施的件数",
)  # fmt: skip
def evaluations_changing(scope):
    return counted(_concluded(scope).exclude(outcome=Outcome.CONTINUE))


@indicator(
    "decisions.corrections_in_time", label="纠偏措施按期完成率", unit=Unit.PERCENT, section=SECTION, basis=BASIS,
    formula="完成期限在期间内的纠偏措施中，在期限之内完成的 ÷ 全部 × 100%",
)  # fmt: skip
def corrections_in_time(scope):
    due = list(
        Correction.objects.filter(
            evaluation__organisation__path__startswith=scope.organisation.path, due_on__range=(scope.start, scope.end)
        ).order_by("pk")
    )  # fmt: skip
    in_time = [one for one in due if one.done_on is not None and one.done_on <= one.due_on]
    late = {one.evaluation_id for one in due if one not in in_time}
    return Figure(
        percentage(len(in_time), len(due)),
        of=Decimal(len(due)),
        files=files_behind({one.evaluation_id for one in due}),
        short=files_behind(late),
    )
