"""The figures that suggestions and incidental reviews contribute."""

from django.db.models import F

from normative_docs.suggestions import time_limits
from normative_docs.suggestions.gates import BASIS
from normative_docs.suggestions.models import IncidentalReview, ReviewSuggestion
from normative_docs.suggestions.vocabulary import REPLY_LIMIT
from portal.casefiles.figures import among, counted, share
from portal.deadlines.models import Deadline
from portal.indicators.registry import Unit, indicator

SECTION = "normative_documents"


def _of(model, scope):
    return model.objects.filter(organisation__path__startswith=scope.organisation.path)


def _due(model, scope, codes):
    """Files whose limit ended in the period."""
    ended = Deadline.objects.filter(code__in=codes, effective_end__range=(scope.start, scope.end)).exclude(
        state=Deadline.State.CANCELLED
    )
    return _of(model, scope).filter(among(ended.values("file")))


def _met_in_time(base, codes):
    met = Deadline.objects.filter(code__in=codes, state=Deadline.State.MET, met_on__lte=F("effective_end"))
    return base.filter(among(met.values("file")))


@indicator(
    "normative_docs.suggestions", label="收到规范性文件审查建议", unit=Unit.COUNT, section=SECTION, basis=BASIS,
    formula="期间内收到的公众审查建议件数",
)  # fmt: skip
def suggestions(scope):
    found = _of(ReviewSuggestion, scope).filter(received_on__range=(scope.start, scope.end))
    return counted(found)


@indicator(
    "normative_docs.suggestion_rate", label="审查建议按期答复率", unit=Unit.PERCENT, section=SECTION, basis=BASIS,
    formula="期间内答复期限届满的审查建议中，按期书面答复的件数 ÷ 期限届满的件数 × 100%",
)  # fmt: skip
def suggestion_rate(scope):
    codes = (time_limits.REVIEW,)
    base = _due(ReviewSuggestion, scope, codes)
    return share(base, _met_in_time(base, codes))


@indicator(
    "normative_docs.incidental", label="规范性文件被附带审查", unit=Unit.COUNT, section=SECTION,
    basis="行政复议法 第五十六条；行政诉讼法 第五十三条", formula="期间内收到的附带审查通知、转送函和司法建议件数",
)  # fmt: skip
def incidental(scope):
    found = _of(IncidentalReview, scope).filter(received_on__range=(scope.start, scope.end))
    return counted(found)


@indicator(
    "normative_docs.incidental_rate", label="附带审查按期答复率", unit=Unit.PERCENT, section=SECTION,
    basis="行政复议法 第五十八条、第六十条",
    formula="期间内答复期限届满的来文中，按期书面答复的件数 ÷ 期限届满的件数 × 100%",
)  # fmt: skip
def incidental_rate(scope):
    codes = tuple(REPLY_LIMIT.values())
    base = _due(IncidentalReview, scope, codes)
    return share(base, _met_in_time(base, codes))
