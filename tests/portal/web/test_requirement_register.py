"""The requirement table never claims more than there is."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from portal.web.docs import DocsError
from portal.web.docs.requirements import Requirement, generate, problems, read, render

ROOT = Path(settings.BASE_DIR)
THIS_FILE = Path(__file__).relative_to(ROOT).as_posix()

LATER = Requirement("S1-1", "名称", "portal.web", "Foundation", (), (), "later")
DONE = replace(LATER, state="done", page=("web:home",), test=(THIS_FILE,))


def test_every_row_of_the_register_is_true():
    assert generate(ROOT)


def test_the_register_holds_every_mechanism_publication_and_filing_once():
    identifiers = [row.id for row in read(ROOT)]
    assert len(identifiers) == len(set(identifiers)) == 216 + 22 + 14
    assert {f"P{number}" for number in range(1, 23)} < set(identifiers)
    assert {f"K{number}" for number in range(1, 15)} < set(identifiers)


def test_a_done_row_with_a_page_and_a_test_is_accepted():
    assert problems([DONE], ROOT, {"web:home"}) == []


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (replace(DONE, test=("tests/nowhere.py",)), "no test file tests/nowhere.py"),
        (replace(DONE, page=("web:nowhere",)), "no page is named web:nowhere"),
        (replace(DONE, test=()), "done without a test"),
        (replace(LATER, state="partly"), "partly without a test"),
        (replace(LATER, test=(THIS_FILE,)), "is not later"),
        (replace(LATER, state="soon"), "state 'soon'"),
        (replace(LATER, issue="Elsewhere"), "no issue is called"),
    ],
)
def test_a_false_row_is_refused_by_name(row, complaint):
    found = problems([row], ROOT, {"web:home"})
    assert len(found) == 1
    assert found[0].startswith("S1-1: ")
    assert complaint in found[0]


def test_a_doubled_row_is_refused():
    assert problems([LATER, LATER], ROOT, set()) == ["S1-1: listed 2 times"]


def test_a_row_with_a_missing_field_is_refused(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/requirements.toml").write_text('requirement = [{ id = "S1-1", name = "名称" }]', encoding="utf-8")
    with pytest.raises(DocsError, match="S1-1: fields must be"):
        read(tmp_path)


def test_the_table_counts_by_state_and_links_the_tests():
    text = render([DONE, replace(LATER, id="S1-2")])
    assert "| 已完成 | 1 |" in text
    assert "| 合计 | 2 |" in text
    assert f"[test_requirement_register.py](../{THIS_FILE})" in text
    assert "| S1-2 | 名称 | — | — | 待建 |" in text
