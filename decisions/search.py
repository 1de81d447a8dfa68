"""What of a decision can be found inside. What the public finds is its publication."""

from decisions.models import MajorDecision
from portal.search.registry import EntryData, searchable


@searchable(MajorDecision, kind="major_decision", label="重大行政决策", related=("organisation", "handling_unit"))
def major_decision(decision):
    """The file as people at work find it; the scope is that of the file."""
    yield EntryData(
        title=decision.title,
        number=decision.document_number or decision.number,
        body=decision.draft_text,
        keywords=" ".join(filter(None, [decision.number, decision.proposer, decision.problem])),
        published_on=decision.published_on or decision.opened_on,
        url_name="inside:case",
        url_args=(str(decision.public_id),),
        organisation=decision.organisation,
        file=decision,
    )
