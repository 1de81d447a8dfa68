"""The figures that normative documents contribute."""

from django.db.models import F

from normative_docs import time_limits
from normative_docs.models import ISSUED, NormativeDocument
from normative_docs.workflow import Stage
from portal.casefiles.figures import among, counted, share
from portal.consultation.models import PublicComment, PublicConsultation
from portal.deadlines.models import Deadline
from portal.indicators.registry import Unit, indicator
from portal.legal_review.models import LegalityReview
from portal.oversight.models import Filing
from portal.oversight.workflow import Stage as FilingStage

SECTION = "normative_documents"


def _documents(scope):
    return NormativeDocument.objects.filter(organisation__path__startswith=scope.organisation.path)


def _issued(scope):
    return _documents(scope).filter(stage__in=ISSUED, issued_on__range=(scope.start, scope.end))


def _must_file(scope):
    """Documents whose filing limit ended in the period: the base of the three rates (报备率、及时率、规范率)."""
    ended = Deadline.objects.filter(
        code=time_limits.FILING,
        effective_end__range=(scope.start, scope.end),
        file__organisation__path__startswith=scope.organisation.path,
    ).exclude(state=Deadline.State.CANCELLED)
    return _documents(scope).filter(among(ended.values("file")))


def _submitted(documents):
    return documents.filter(among(Filing.objects.filter(submitted_on__isnull=False).values("subject")))


@indicator(
    "normative_docs.issued", label="制发行政规范性文件", unit=Unit.COUNT, section=SECTION,
    basis="法治政府建设与责任落实督察工作规定 第二十五条",
)  # fmt: skip
def issued(scope):
    found = _issued(scope)
    return counted(found)


@indicator(
    "normative_docs.recorded",
    label="登记存量行政规范性文件",
    unit=Unit.COUNT,
    section=SECTION,
    basis="国办发〔2018〕37号",
)
def recorded(scope):
    found = _documents(scope).filter(stage=Stage.RECORDED, recorded_on__range=(scope.start, scope.end))
    return counted(found)


@indicator(
    "normative_docs.in_force", label="期末现行有效行政规范性文件", unit=Unit.COUNT, section=SECTION,
    basis="政府信息公开条例 第二十条",
)  # fmt: skip
def in_force(scope):
    from_then = _documents(scope).filter(effective_on__lte=scope.end, stage__in=[*ISSUED, Stage.RECORDED])
    alive = from_then.exclude(valid_until__lt=scope.end).exclude(repealed_on__lte=scope.end)
    return counted(alive)


@indicator(
    "normative_docs.legality_review_rate", label="行政规范性文件合法性审核率", unit=Unit.PERCENT, section=SECTION,
    basis="国办发〔2018〕115号",
)  # fmt: skip
def legality_review_rate(scope):
    base = _issued(scope)
    return share(base, base.filter(lawful_review__isnull=False))


@indicator(
    "normative_docs.reviews", label="出具合法性审核意见", unit=Unit.COUNT, section=SECTION, basis="国办发〔2018〕115号"
)
def reviews(scope):
    found = LegalityReview.objects.filter(
        file__organisation__path__startswith=scope.organisation.path,
        concluded_at__date__range=(scope.start, scope.end),
    )
    return counted(found, by="file")


@indicator(
    "normative_docs.consultations", label="公开征求意见", unit=Unit.TIMES, section=SECTION, basis="国办发〔2018〕37号"
)
def consultations(scope):
    found = PublicConsultation.objects.filter(
        file__organisation__path__startswith=scope.organisation.path, opened_on__range=(scope.start, scope.end)
    )
    return counted(found, by="file")


@indicator(
    "normative_docs.comments", label="收到公众意见", unit=Unit.ITEMS, section=SECTION, basis="国办发〔2018〕37号"
)
def comments(scope):
    found = PublicComment.objects.filter(
        consultation__file__organisation__path__startswith=scope.organisation.path,
        submitted_at__date__range=(scope.start, scope.end),
    )
    return counted(found, by="consultation__file")


@indicator(
    "normative_docs.filing_rate",
    label="报备率",
    unit=Unit.PERCENT,
    section=SECTION,
    basis="苏府〔2015〕12号 第十条（地方示例）",
)
def filing_rate(scope):
    base = _must_file(scope)
    return share(base, _submitted(base))


@indicator(
    "normative_docs.timeliness_rate", label="及时率", unit=Unit.PERCENT, section=SECTION,
    basis="苏府〔2015〕12号 第十条（地方示例）",
)  # fmt: skip
def timeliness_rate(scope):
    base = _must_file(scope)
    timely = base.filter(among(Filing.objects.filter(submitted_on__lte=F("due_on")).values("subject")))
    return share(base, timely)


@indicator(
    "normative_docs.conformity_rate", label="规范率", unit=Unit.PERCENT, section=SECTION,
    basis="苏府〔2015〕12号 第十条（地方示例）",
)  # fmt: skip
def conformity_rate(scope):
    """Filed documents that were never returned and in which the county ordered no correction."""
    base = _submitted(_must_file(scope))
    sound = Filing.objects.filter(stage=FilingStage.RECORDED, returned_count=0, order="")
    conform = base.filter(among(sound.values("subject")))
    return share(base, conform)
