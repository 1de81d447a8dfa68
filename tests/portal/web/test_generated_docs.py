"""build_docs writes what the program knows, and --check notices every difference."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command

ROOT = Path(project.BASE_DIR)


@pytest.fixture
def copy(tmp_path, settings):
    """The docs of this repository in a folder of their own, freshly built."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    settings.BASE_DIR = tmp_path
    call_command("build_docs", stdout=StringIO())
    return tmp_path


def check():
    call_command("build_docs", check=True, stdout=StringIO())


def test_the_generated_pages_of_the_repository_are_current():
    check()


def test_pages_just_written_are_current(copy):
    check()


def test_an_edited_page_is_shown_as_a_difference(copy):
    page = copy / "docs/requirements.md"
    page.write_text(page.read_text(encoding="utf-8").replace("待建", "已完成"), encoding="utf-8")
    with pytest.raises(CommandError, match=r"docs/requirements\.md \(should be\)") as refusal:
        check()
    assert "bin/portal manage build_docs" in str(refusal.value)


@pytest.mark.full
def test_a_missing_page_is_noticed_and_written_again(copy):
    (copy / "docs/pages.md").unlink()
    with pytest.raises(CommandError, match=r"docs/pages\.md"):
        check()
    call_command("build_docs", stdout=StringIO())
    check()


@pytest.mark.full
def test_the_page_of_a_workflow_that_is_gone_is_noticed_and_removed(copy):
    stale = copy / "docs/workflows/gone.md"
    stale.write_text("# 旧流程\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"docs/workflows/gone\.md"):
        check()
    call_command("build_docs", stdout=StringIO())
    assert not stale.exists()


def test_a_false_source_stops_the_writing_and_says_where(copy):
    source = copy / "docs/requirements.toml"
    source.write_text(
        source.read_text(encoding="utf-8").replace('state = "later"', 'state = "soon"', 1), encoding="utf-8"
    )
    with pytest.raises(CommandError, match=r"docs/requirements\.toml: S1-27\.1: state 'soon'"):
        call_command("build_docs", stdout=StringIO())
