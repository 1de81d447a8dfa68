"""An interpretation taken to its end by the real acts, for the demo county and for tests."""

from portal.interpretations.models import Interpretation
from portal.interpretations.writing import start_interpretation, usual_title
from portal.publishing.rehearsal import reviewed_for_the_public
from portal.workflow.perform import perform


def settled(subject, *, by, reviewer, text: str) -> Interpretation:
    """Written, masked and settled: it goes out with its document."""
    interpretation = start_interpretation(subject, by=by, title=usual_title(subject), text=text)
    reviewed_for_the_public(interpretation, by=by, reviewer=reviewer)
    return perform(interpretation, "settle", by=by)
