"""What the public sees of an evaluation: report and conclusion, and the ways between them, the decision and the
questionnaire. Whom the evaluators heard, their contract and corrections stay inside.
"""

from collections.abc import Iterable

from decisions import events
from decisions.evaluation import time_limits
from decisions.evaluation.gates import CONCLUSION, LOCAL, REPORT
from decisions.evaluation.models import DecisionEvaluation
from decisions.evaluation.papers import public_text, report_title
from decisions.evaluation.workflow import WORKFLOW
from decisions.models import MajorDecision
from decisions.workflow import WORKFLOW as DECISIONS
from portal.consultation import matters
from portal.evaluations.public_lines import show_beside
from portal.publishing.faces import Obligation, PublicFace, register
from portal.publishing.models import Publication
from portal.publishing.pages import document_url

PUBLIC = register(
    PublicFace(
        kind=WORKFLOW.code,
        column="决策后评估",
        title=report_title,
        text=public_text,
        fields=(
            ("决策机关", lambda evaluation: evaluation.organisation.name),
            ("评估的决策", lambda evaluation: evaluation.decision.title),
            ("决策文号", lambda evaluation: evaluation.decision.document_number),
            ("评估单位", lambda evaluation: evaluation.evaluator),
            ("评估结论", lambda evaluation: evaluation.get_outcome_display()),
            ("结论日期", lambda evaluation: evaluation.decided_on),
        ),
        published_on=lambda evaluation: evaluation.published_on,
        papers=(REPORT.code, CONCLUSION.code),
        obligation=Obligation(
            after=("conclude",), limit=time_limits.MAKE_PUBLIC, basis=f"{LOCAL}；政府信息公开条例 第二十六条"
        ),
    )
)

show_beside(
    DECISIONS.code,
    WORKFLOW.code,
    evaluations_of=lambda file_id: DecisionEvaluation.objects.filter(decision_id=file_id),
    subjects_of=lambda file_id: MajorDecision.objects.filter(evaluations=file_id),
    heading="评估的决策",
)


def _course(decision) -> Iterable[matters.Event]:
    """In the public course of the decision: the public is asked how it works, and the result is published."""
    evaluations = DecisionEvaluation.objects.filter(decision_id=decision.pk).values("pk")
    yield from matters.asked_on(evaluations)
    for publication in Publication.objects.live().filter(file_id__in=evaluations):
        yield matters.Event(publication.published_at, "公布决策后评估结果", document_url(publication))


events.public_course.append(_course)
