"""What a component says, whatever it looks like."""

import re
from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string

from portal.web.charts import bar_chart, line_chart
from portal.web.tables import Cell, Column, Pager, Row, Table
from portal.web.templatetags.portal import qr_code, stamp, step_position, title_parts


def text_of(template, **context):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", render_to_string(f"components/{template}", context)))


GATES = [
    {"state": "not_required", "label": "丁"},
    {"state": "met", "label": "丙", "remedy_url": "/c/"},
    {"state": "in_progress", "label": "乙", "remedy_url": "/b/", "basis": "某法", "binding_label": "参照"},
    {"state": "not_started", "label": "甲", "remedy_url": "/a/"},
]


def test_gates_stand_with_what_is_missing_first_and_lead_to_the_remedy():
    panel = render_to_string("components/gate_panel.html", {"target": "集体审议", "gates": GATES})
    assert [panel.index(label) for label in "甲乙丙丁"] == sorted(panel.index(label) for label in "甲乙丙丁")
    assert 'href="/a/"' in panel
    assert 'href="/b/"' in panel
    assert 'href="/c/"' not in panel
    said = text_of("gate_panel.html", target="集体审议", gates=GATES)
    for words in ("还缺 2 项；已具备 1 项，不适用 1 项", "未开始", "进行中", "已具备", "不适用", "某法", "参照"):
        assert words in said


def test_the_button_is_never_disabled():
    panel = render_to_string("components/gate_panel.html", {"gates": GATES, "action": {"label": "提请", "url": "/go/"}})
    assert 'href="/go/"' in panel
    assert "disabled" not in panel


def test_steps_say_where_the_file_stands():
    steps = [{"label": "起草", "state": "done"}, {"label": "审核", "state": "now"}]
    steps += [{"label": "听证", "state": "skipped"}, {"label": "公布", "state": "todo"}]
    position = step_position(steps)
    assert (position["number"], position["total"], position["next"]["label"]) == (2, 4, "公布")
    said = text_of("steps.html", identity={"title": "甲"}, steps=steps)
    assert "第 2 步，共 4 步： 审核 。下一步：公布。" in said
    assert render_to_string("components/steps.html", {"steps": steps}).count('aria-current="step"') == 1


def test_a_file_that_ended_before_its_last_step_is_not_called_through():
    ended = [{"label": "起草", "state": "done"}, {"label": "审核", "state": "todo"}]
    assert "共 2 步，走完 1 步后结束。" in text_of("steps.html", identity={"title": "甲"}, steps=ended)
    through = [{"label": "起草", "state": "done"}, {"label": "听证", "state": "skipped"}]
    assert "共 2 步，已全部走完。" in text_of("steps.html", identity={"title": "甲"}, steps=through)


def test_a_lamp_always_says_its_word():
    assert "逾期 2 日" in text_of("lamp.html", lamp={"state": "late", "text": "逾期 2 日"})
    assert text_of("lamp.html", lamp=None).strip() == ""


def test_an_empty_register_says_why_instead_of_a_bare_table():
    table = Table(
        "台账", [Column("标题")], [], "共 0 件", empty={"title": "没有文件。", "url": "/all/", "link": "清除筛选"}
    )
    said = text_of("register.html", table=table)
    assert "没有文件。" in said
    assert "清除筛选" in said


def test_an_empty_value_is_a_dash_and_zero_is_zero():
    cells = [Cell("甲", "title"), Cell(None), Cell(0, "number")]
    table = Table("台账", [Column("标题"), Column("日期"), Column("数")], [Row(cells)], "共 1 件")
    page = render_to_string("components/register.html", {"table": table})
    assert "<td>—</td>" in page
    assert '<td class="r num">0</td>' in page


def test_a_page_that_does_not_exist_is_no_link():
    page = render_to_string("components/pager.html", {"pager": Pager("第 1—25 件", next_url="?after=25")})
    assert page.count("<a ") == 1
    assert "上一页" in page


def test_text_from_outside_is_escaped():
    page = render_to_string("components/summary.html", {"rows": [{"key": "甲", "value": "<script>x</script>"}]})
    assert "<script>" not in page


def test_bars_are_as_long_as_their_numbers_and_the_low_ones_marked():
    chart = bar_chart("率", [("甲", 100), ("乙", 50)], first="镇", unit="%", top=100, goal=90)
    assert [bar.low for bar in chart.bars] == [False, True]
    assert chart.bars[0].width == 2 * chart.bars[1].width
    assert "▲ 50" in text_of("bar_chart.html", chart=chart)


def test_a_chart_of_nothing_is_drawn_without_failing():
    assert bar_chart("率", [], first="镇", unit="%").bars == ()
    assert line_chart("件数", ["1月"], [("本年", [0])], first="年份")["lines"][0]["dots"][0]["y"] == 196


def test_a_line_with_a_missing_month_is_refused():
    with pytest.raises(ValueError, match="as long as"):
        line_chart("件数", ["1月", "2月"], [("本年", [1])], first="年份")


def test_a_qr_code_has_its_quiet_zone():
    code = qr_code("https://portal.example/receipts/")
    assert code["size"] >= 21 + 8
    assert code["path"].startswith("M4 4.5h7")


def test_moments_are_shown_in_local_time():
    assert stamp(datetime(2026, 10, 12, 0, 30, tzinfo=UTC)) == "2026-10-12 08:30"
    assert stamp(date(2026, 10, 12)) == "2026-10-12"


def test_titles_break_where_the_sense_does():
    assert title_parts("某镇关于印发《办法》的通知") == ["某镇", "关于印发", "《办法》", "的通知"]
