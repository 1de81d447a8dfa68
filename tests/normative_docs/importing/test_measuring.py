"""The score over a folder counts fields, names misses and marks what was invented."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from .town_documents import TOWN_DOCUMENTS

TEXT, EXPECTED = TOWN_DOCUMENTS["joint issue by two bodies"]


def run(*arguments):
    out = StringIO()
    call_command("measure_import", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_list_of_expectations_is_scored(folder):
    entries = [{"file": "a.txt", **EXPECTED, "repeals": []}, {"file": "gone.txt", "title": "甲"}]
    (folder / "expected.json").write_text(json.dumps(entries), encoding="utf-8")
    result = json.loads(run("normative_documents", str(folder), "--json"))
    assert (result["right"], result["of"], result["misses"]) == (8, 8, [])
    assert result["missing_files"] == ["gone.txt"]


def test_expectation_beside_a_text_is_scored_and_misses_are_listed(folder):
    expected = {"title": EXPECTED["title"], "effective_on": None}
    (folder / "a.expected.json").write_text(json.dumps(expected), encoding="utf-8")
    result = json.loads(run("normative_documents", str(folder), "--json"))
    assert (result["right"], result["of"], result["invented"]) == (1, 2, 1)
    assert "文中未印，不应填写" in run("normative_documents", str(folder))


@pytest.mark.parametrize(("kind", "sentence"), [("poems", "没有这个种类"), ("normative_documents", "没有期望结果")])
def test_what_cannot_be_measured_is_refused(folder, kind, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(kind, str(folder))


def test_what_stands_nowhere_in_the_text_is_told_apart(folder):
    expected = {
        "document_number": "云民规[2024]3号",
        "issuing_body": EXPECTED["issuing_body"],
        "title": EXPECTED["title"],
    }
    bare = "\n".join(line for line in TEXT.splitlines() if "〔2024〕3号" not in line)
    (folder / "a.txt").write_text(bare, encoding="utf-8")
    (folder / "a.expected.json").write_text(json.dumps(expected), encoding="utf-8")
    result = json.loads(run("normative_documents", str(folder), "--json"))
    assert (result["right"], result["of"], result["unprinted"]) == (2, 3, 1)
    assert result["percent_of_printed"] == 100.0
    assert "没有印出" in run("normative_documents", str(folder))
