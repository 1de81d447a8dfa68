"""check_clauses reads what the importer reads; measure_clause_check says how well it does."""

import json

import docx
import pytest
from django.core.management import CommandError, call_command

from normative_docs.clause_check.measuring import places_in
from tests.normative_docs.clause_check.drafts import draft_with

PROBLEM = "摊主每月缴纳摊位管理费五十元。"


def _run(capsys, *args):
    call_command(*args)
    return capsys.readouterr().out


@pytest.fixture
def text_file(tmp_path):
    path = tmp_path / "draft.txt"
    path.write_text(draft_with(PROBLEM), encoding="utf-8")
    return path


def test_json_is_one_list_of_five_fields(capsys, text_file):
    (hint,) = json.loads(_run(capsys, "check_clauses", str(text_file), "--json", "--on", "2026-06-01"))
    assert hint["at"] == "第二条"
    assert list(hint) == ["at", "text", "kind", "basis", "why"]


def test_word_files_are_read_too(capsys, tmp_path):
    document = docx.Document()
    for line in draft_with(PROBLEM).splitlines():
        document.add_paragraph(line)
    document.save(tmp_path / "draft.docx")
    found = json.loads(_run(capsys, "check_clauses", str(tmp_path / "draft.docx"), "--json", "--on", "2026-06-01"))
    assert [hint["kind"] for hint in found] == ["设定收费"]


def test_the_day_decides_whether_validity_is_over(capsys, text_file):
    printed = _run(capsys, "check_clauses", str(text_file), "--on", "2031-03-01")
    assert "有效期已过" in printed
    assert "仅供审核参考" in printed


@pytest.mark.parametrize(("name", "day"), [("missing.txt", "2026-01-01"), ("draft.txt", "tomorrow")])
def test_what_cannot_be_read_is_said_in_chinese(text_file, name, day):
    with pytest.raises(CommandError, match=r"文件不存在|日期应写成"):
        call_command("check_clauses", str(text_file.parent / name), "--on", day)


def test_measuring_gives_recall_and_hints_per_1500_characters(capsys, text_file):
    expected = {"clauses": [{"file": "draft.txt", "at": "第二条"}, {"file": "draft.txt", "at": "whole"}]}
    (text_file.parent / "expected.json").write_text(json.dumps(expected), encoding="utf-8")
    result = json.loads(_run(capsys, "measure_clause_check", str(text_file.parent), "--json"))
    assert (result["hinted"], result["expected"], result["percent"]) == (1, 2, 50.0)
    assert result["missed"] == [{"file": "draft.txt", "at": "全文"}]
    assert result["per_1500"] == 1.0
    assert "1 / 2 有提示" in _run(capsys, "measure_clause_check", str(text_file.parent))


def test_a_folder_without_texts_is_refused(tmp_path):
    with pytest.raises(CommandError, match="没有可检查的文本"):
        call_command("measure_clause_check", str(tmp_path))


def test_expected_places_may_be_named_together():
    assert places_in("三（二）第一、二款") == ["三（二）第一款", "三（二）第二款"]
    assert places_in("二（一）、二（四）、三（一）") == ["二（一）", "二（四）", "三（一）"]
    assert places_in("第十二条第二款") == ["第十二条第二款"]
    assert places_in("whole") == ["全文"]
