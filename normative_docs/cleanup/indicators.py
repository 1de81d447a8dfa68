"""The figures that clean-ups contribute."""

from normative_docs.cleanup.models import CleanupItem
from normative_docs.cleanup.outcomes import CleanupOutcome
from normative_docs.cleanup.workflow import Stage
from portal.casefiles.figures import counted, share
from portal.indicators.registry import Unit, indicator

SECTION = "normative_documents"
_BASIS = "国发〔2010〕33号；苏府〔2015〕12号（地方示例）"


def _items(scope):
    return CleanupItem.objects.filter(
        campaign__organisation__path__startswith=scope.organisation.path, in_scope=True
    ).exclude(campaign__stage=Stage.TERMINATED)


@indicator(
    "normative_docs.cleanup_rate", label="清理完成率", unit=Unit.PERCENT, section=SECTION, basis=_BASIS,
    formula="期间内到完成期限的清理中，结果已公布的文件件数 ÷ 列入清理的文件件数 × 100%",
)  # fmt: skip
def cleanup_rate(scope):
    """Of the documents whose clean-up should be finished in the period, those whose result is published."""
    base = _items(scope).filter(campaign__finish_by__range=(scope.start, scope.end))
    return share(base, base.filter(campaign__stage=Stage.PUBLISHED), by="document")


def _concluded(verdict: CleanupOutcome):
    def figure(scope):
        found = _items(scope).filter(
            campaign__stage=Stage.PUBLISHED, campaign__published_on__range=(scope.start, scope.end), verdict=verdict
        )
        return counted(found, by="document")

    return figure


for _verdict in CleanupOutcome:
    indicator(
        f"normative_docs.cleanup_{_verdict.value}", label=f"清理后{_verdict.label}的规范性文件", unit=Unit.COUNT,
        section=SECTION, basis=_BASIS,
        formula=f"期间内公布结果的清理中，结论为“{_verdict.label}”的文件件数",
    )(_concluded(_verdict))  # fmt: skip
