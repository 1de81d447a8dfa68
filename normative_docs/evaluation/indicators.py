"""The figures that evaluations contribute."""

from normative_docs.evaluation.gates import BASIS
from normative_docs.evaluation.models import Evaluation
from normative_docs.evaluation.vocabulary import EvaluationKind, Outcome
from portal.casefiles.figures import counted
from portal.indicators.registry import Unit, indicator

SECTION = "normative_documents"


def _decided(scope):
    return Evaluation.objects.filter(
        organisation__path__startswith=scope.organisation.path, evaluation_kind=EvaluationKind.POST,
        decided_on__range=(scope.start, scope.end),
    )  # fmt: skip


@indicator(
    "normative_docs.evaluated", label="开展规范性文件后评估", unit=Unit.COUNT, section=SECTION, basis=BASIS,
    formula="期间内审定结论的后评估件数",
)  # fmt: skip
def evaluated(scope):
    return counted(_decided(scope))


@indicator(
    "normative_docs.evaluations_acted_on", label="后评估后修改、废止或者改进管理", unit=Unit.COUNT, section=SECTION,
    basis=BASIS, formula="期间内审定结论为修改、废止或者改进行政管理工作的后评估件数",
)  # fmt: skip
def evaluations_acted_on(scope):
    return counted(_decided(scope).exclude(outcome=Outcome.KEEP))
