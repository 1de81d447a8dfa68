"""`import_normative_document` prints what it read, one JSON value with --json, and refuses in a Chinese sentence."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from .town_documents import TOWN_DOCUMENTS

TEXT, EXPECTED = TOWN_DOCUMENTS["joint issue by two bodies"]


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*arguments):
    out = StringIO()
    call_command("import_normative_document", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_json_is_one_value_with_every_field(paper):
    found = json.loads(run(paper, "--dry-run", "--json"))
    assert found["title"] == EXPECTED["title"]
    assert found["valid_until"] == EXPECTED["valid_until"]
    assert found["adopted_at"] is None
    assert (found["repeals"], found["warnings"]) == ([], [])


def test_plain_output_names_what_is_not_printed(paper):
    printed = run(paper, "--dry-run")
    assert "发文字号：云民规〔2024〕3号" in printed
    assert "通过会议：（未印）" in printed


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(CommandError, match="文件不存在"):
        run(tmp_path / "gone.txt", "--dry-run")


@pytest.mark.django_db
def test_unknown_organisation_is_refused(paper):
    with pytest.raises(CommandError, match="没有这个机构：无名镇"):
        run(paper, "--dry-run", "--organisation", "无名镇")
