"""An interpretation taken to its end by the real acts, for the demo county and for tests."""

from portal.interpretations.models import Interpretation
from portal.interpretations.writing import start_interpretation, usual_title
from portal.jobs import queue
from portal.publishing.copying import CHECKLIST, prepare_copy, review_copy
from portal.publishing.making import newest_job
from portal.workflow.perform import perform


def masked(interpretation: Interpretation, *, by, reviewer) -> None:
    """Prepare the public text, have another person review it, and make what goes out."""
    copy = prepare_copy(interpretation, by=by)
    review_copy(copy, by=reviewer, checklist=[question.code for question in CHECKLIST])
    if (asked := newest_job(copy)) is not None:
        queue.run(asked.pk)


def settled(subject, *, by, reviewer, text: str) -> Interpretation:
    """Written, masked and settled: it goes out with its document."""
    interpretation = start_interpretation(subject, by=by, title=usual_title(subject), text=text)
    masked(interpretation, by=by, reviewer=reviewer)
    return perform(interpretation, "settle", by=by)
