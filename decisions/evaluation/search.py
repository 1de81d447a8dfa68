"""What of an evaluation can be found inside. What the public finds is its publication."""

from decisions.evaluation.models import DecisionEvaluation
from portal.search.registry import EntryData, searchable


@searchable(
    DecisionEvaluation, kind="decision_evaluation", label="决策后评估", related=("organisation", "decision"),
)  # fmt: skip
def decision_evaluation(evaluation):
    """The file as people at work find it; the scope is that of the file."""
    yield EntryData(
        title=evaluation.title,
        number=evaluation.number,
        body="\n".join(getattr(evaluation, name) for name, _ in evaluation.ASPECTS),
        keywords=" ".join(filter(None, [evaluation.decision.document_number, evaluation.evaluator])),
        published_on=evaluation.opened_on,
        url_name="inside:case",
        url_args=(str(evaluation.public_id),),
        organisation=evaluation.organisation,
        file=evaluation,
    )
