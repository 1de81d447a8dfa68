"""What of an evaluation can be found inside. What the public finds is its publication."""

from normative_docs.evaluation.models import Evaluation
from portal.search.registry import EntryData, searchable


@searchable(
    Evaluation, kind="evaluation", label="规范性文件评估", related=("organisation", "document"),
)  # fmt: skip
def evaluation(evaluation):
    """The file as people at work find it; the scope is that of the file."""
    yield EntryData(
        title=evaluation.title,
        number=evaluation.number,
        body="\n".join(getattr(evaluation, name) for name, _ in evaluation.ASPECTS),
        keywords=evaluation.document.document_number,
        published_on=evaluation.opened_on,
        url_name="inside:case",
        url_args=(str(evaluation.public_id),),
        organisation=evaluation.organisation,
        file=evaluation,
    )
