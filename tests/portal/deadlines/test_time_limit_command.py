"""``time_limit``: one limit or a file of them, as text or as one JSON value."""

import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def run(capsys, *arguments):
    call_command("time_limit", *arguments)
    return capsys.readouterr().out


def test_json_is_one_value_and_nothing_else(capsys):
    answer = json.loads(run(capsys, "foi_reply", "--start", "2026-09-18", "--json"))
    assert answer["effective_end"] == answer["nominal_end"] == "2026-10-22"
    assert set(answer) == {"code", "start", "nominal_end", "effective_end", "provisional", "basis", "steps"}


def test_extension_and_stops_are_options(capsys):
    answer = json.loads(
        run(capsys, "foi_reply", "--start=2026-09-18", "--extend", "--suspend", "2026-09-22:2026-10-12", "--json")
    )
    assert answer["effective_end"] == "2026-12-02"


def test_the_text_explains_every_step(capsys):
    shown = run(capsys, "lit_answer", "--start", "2026-09-18")
    assert shown.startswith("行政诉讼答辩和举证：2026-10-08")
    assert "《行政诉讼法》第六十七条" in shown


def test_the_demo_region_is_the_default_and_the_nation_can_be_asked(capsys):
    assert json.loads(run(capsys, "nd_filing", "--start", "2026-09-05", "--json"))["effective_end"] == "2026-09-20"
    with pytest.raises(CommandError, match="示例"):
        run(capsys, "nd_filing", "--start", "2026-09-05", "--region", "全国")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("pen_decide", "--start", "2026-07-03", "--extend"), "第六十条"),
        (("arl_reply_normal", "--start", "2023-12-31"), "该日无有效规则"),
        (("foi_fee_pay", "--start", "2026-09-18"), "待核"),
        (("foi_reply", "--start", "2026-13-01"), "不是日期"),
        (("foi_reply", "--start", "2026-09-18", "--suspend", "2026-09-22"), "不是中止期间"),
        (("foi_reply",), "--start"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_chinese(capsys, arguments, why):
    with pytest.raises(CommandError, match=why):
        run(capsys, *arguments)


def test_a_refusal_in_json_still_is_one_value(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("time_limit", "pen_decide", "--start", "2026-07-03", "--extend", "--json")
    assert ended.value.code == 1
    assert "第六十条" in json.loads(capsys.readouterr().out)["error"]


def test_a_batch_answers_in_order_with_errors_in_their_place(capsys, tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text(
        '{"code": "coe_seize", "start": "2026-09-03"}\n'
        '{"code": "pen_decide", "start": "2026-07-03", "extend": true}\n'
        "\n"
        "not json\n"
        '{"code": "pen_hearing_notice", "start": "2026-10-12", "suspend": []}\n'
        '{"code": "foi_reply", "start": "2026-09-18", "suspend": ["2026-09-22:2026-10-12"]}\n',
        encoding="utf-8",
    )
    first, second, third, fourth, fifth = json.loads(run(capsys, "--batch", str(path), "--json"))
    assert first["act_by"] == "2026-10-02"
    assert set(second) == {"code", "start", "error"}
    assert "第 4 行" in third["error"]
    assert fourth["last_workday"] == "2026-09-23"
    assert fifth["effective_end"] == "2026-11-04"
