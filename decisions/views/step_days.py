"""The days on which a decision passed its steps, for the register (S4-17.1a), asked for together with the rows."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import TruncDate

from decisions.models import ExpertArgumentation, RiskAssessment
from portal.consultation.models import Session, SessionKind
from portal.web.inside.register import RegisterColumn
from portal.workflow.models import TransitionRecord


def _taken(*codes: str):
    steps = TransitionRecord.objects.filter(file=OuterRef("pk"), code__in=codes).order_by("-id")
    return Subquery(steps.values(day=TruncDate("occurred_at"))[:1])


def with_step_days(decisions):
    """Besides each decision, the last day on which it passed each step; none where it was not taken."""
    hearings = Session.objects.filter(file=OuterRef("pk"), kind=SessionKind.HEARING, reported_at__isnull=False)
    arguments = ExpertArgumentation.objects.filter(decision=OuterRef("pk"), closed_at__isnull=False)
    assessments = RiskAssessment.objects.filter(decision=OuterRef("pk"))
    return decisions.annotate(
        participation_on=_taken("open_participation"),
        hearing_on=Subquery(hearings.order_by("-held_at").values(day=TruncDate("held_at"))[:1]),
        experts_on=Subquery(arguments.order_by("-number").values("held_on")[:1]),
        risk_on=Subquery(assessments.order_by("-number").values("assessed_on")[:1]),
        legality_on=_taken("issue_opinion"),
        integrity_on=_taken("assess_integrity"),
        deliberation_on=_taken("adopt"),
    )


COLUMNS = tuple(
    RegisterColumn(name, label, lambda decision, name=name: getattr(decision, name), kind="date")
    for name, label in (
        ("participation_on", "公众参与"), ("hearing_on", "听证"), ("experts_on", "专家论证"), ("risk_on", "风险评估"),
        ("legality_on", "合法性审查"), ("integrity_on", "廉洁性审查"), ("deliberation_on", "集体讨论"),
        ("reported_to_party_on", "请示报告党委"),
    )
)  # fmt: skip
