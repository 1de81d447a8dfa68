"""What the written documents promise is there: links lead somewhere, variables are explained."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = sorted([*ROOT.glob("*.md"), ROOT / "portal/README.md", *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")
VARIABLE = re.compile(r"^#?\s*([A-Z][A-Z0-9_]+)=", re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file(document):
    targets = LINK.findall(document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_the_operators_guide_explains_every_variable():
    named = set(VARIABLE.findall((ROOT / ".env.example").read_text(encoding="utf-8")))
    guide = (ROOT / "docs/operators/zh-CN.md").read_text(encoding="utf-8")
    assert named
    assert sorted(name for name in named if f"`{name}`" not in guide) == []


def test_every_decision_record_is_in_the_index():
    folder = ROOT / "docs/decisions"
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in folder.glob("0*.md") if f"]({path.name})" not in text] == []
