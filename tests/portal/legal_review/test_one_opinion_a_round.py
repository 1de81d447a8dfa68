"""A round takes one opinion: whoever gave it has nothing left to do until the draft comes again."""

import pytest

from portal.workflow.models import WorkItem
from portal.workflow.perform import available, perform
from portal.workflow.refusals import StageConflict
from tests.decisions import scenarios as decisions
from tests.normative_docs import scenarios as normative_docs

BOTH = pytest.mark.parametrize("procedure", [normative_docs, decisions], ids=["document", "decision"])


def is_the_reviewers_turn(file) -> bool:
    turns = WorkItem.objects.filter(file_id=file.pk, closed_at__isnull=True)
    return turns.filter(authority="legal_review.review").exists()


def offered(file, person) -> set[str]:
    return {step.code for step in available(file, person)}


@BOTH
def test_the_reviewer_is_done_with_the_opinion_and_gives_no_second_one(world, procedure):
    journey, reviewer, data = procedure.ready_for(world, "issue_opinion")
    assert is_the_reviewers_turn(journey.document)
    assert "issue_opinion" in offered(journey.document, reviewer)
    with journey.on():
        file = perform(journey.document, "issue_opinion", by=reviewer, data=data)
        assert not is_the_reviewers_turn(file)
        assert "issue_opinion" not in offered(file, reviewer)
        with pytest.raises(StageConflict):
            perform(file, "issue_opinion", by=reviewer, data=data)
    assert file.legality_reviews.count() == 1


@BOTH
def test_a_draft_that_comes_again_is_the_reviewers_turn_again(world, procedure):
    journey, drafter, data = procedure.ready_for(world, "resubmit")
    assert not is_the_reviewers_turn(journey.document)
    with journey.on():
        file = perform(journey.document, "resubmit", by=drafter, data=data)
        assert is_the_reviewers_turn(file)
        assert "issue_opinion" in offered(file, world["lt_legal"])
