"""Each invented clause is hinted where a reviewer should stop, and only there."""

import pytest

from tests.normative_docs.clause_check.drafts import clauses, draft_with, hints_on

PROBLEMS = [pytest.param(row, id=row["text"][:24]) for row in clauses("problem")]
LAWFUL = [pytest.param(row, id=row["text"][:24]) for row in clauses("lawful")]


def test_there_are_enough_clauses_and_about_half_are_lawful():
    assert len(PROBLEMS) + len(LAWFUL) >= 60
    assert 0.4 <= len(LAWFUL) / (len(PROBLEMS) + len(LAWFUL)) <= 0.6


@pytest.mark.parametrize("row", PROBLEMS)
def test_a_clause_at_which_a_reviewer_should_stop_is_hinted(row):
    found = hints_on(row["text"])
    assert set(row["kinds"]) <= {hint.kind for hint in found}
    for hint in found:
        assert hint.text in draft_with(row["text"])
        assert hint.basis
        assert hint.why.endswith(("。", "？"))


@pytest.mark.parametrize("row", LAWFUL)
def test_a_lawful_clause_stays_dark(row):
    assert hints_on(row["text"]) == []
