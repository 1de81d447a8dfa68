"""The figures that decisions contribute (S3-9c: how many, with a hearing, with experts, with risk, reviewed)."""

from decimal import Decimal

from decisions.models import MajorDecision
from portal.casefiles.models import CaseFile
from portal.consultation.models import Session, SessionKind
from portal.indicators.registry import Figure, Unit, indicator, percentage

SECTION = "decisions"
BASIS = "苏府〔2015〕12号；法治政府建设与责任落实督察工作规定 第二十五条"


def _files(keys):
    return CaseFile.objects.filter(pk__in=keys)


def _made(scope):
    return MajorDecision.objects.filter(
        organisation__path__startswith=scope.organisation.path, decided_on__range=(scope.start, scope.end)
    )


def _count(found) -> Figure:
    return Figure(Decimal(found.count()), files=_files(found.values("pk")))


@indicator("decisions.made", label="作出重大行政决策", unit=Unit.COUNT, section=SECTION, basis=BASIS)
def made(scope):
    return _count(_made(scope))


@indicator("decisions.with_participation", label="经公众参与的决策", unit=Unit.COUNT, section=SECTION, basis=BASIS)
def with_participation(scope):
    return _count(_made(scope).filter(consultations__withdrawn_at__isnull=True).distinct())


@indicator("decisions.with_hearing", label="举行听证的决策", unit=Unit.COUNT, section=SECTION, basis=BASIS)
def with_hearing(scope):
    held = Session.objects.filter(kind=SessionKind.HEARING, reported_at__isnull=False)
    return _count(_made(scope).filter(pk__in=held.values("file")))


@indicator("decisions.with_experts", label="经专家论证的决策", unit=Unit.COUNT, section=SECTION, basis=BASIS)
def with_experts(scope):
    return _count(_made(scope).filter(argumentations__closed_at__isnull=False).distinct())


@indicator("decisions.with_risk", label="经风险评估的决策", unit=Unit.COUNT, section=SECTION, basis=BASIS)
def with_risk(scope):
    return _count(_made(scope).filter(risk_assessments__isnull=False).distinct())


@indicator(
    "decisions.legality_review_rate", label="重大行政决策合法性审查率", unit=Unit.PERCENT, section=SECTION, basis=BASIS
)
def legality_review_rate(scope):
    base = _made(scope)
    reviewed = base.filter(lawful_review__isnull=False)
    return Figure(
        percentage(reviewed.count(), base.count()), of=Decimal(base.count()), files=_files(base.values("pk")),
        short=_files(base.filter(lawful_review__isnull=True).values("pk")),
    )  # fmt: skip
