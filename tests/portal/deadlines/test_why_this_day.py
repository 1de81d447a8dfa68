"""「为什么是这一天」: the panel's data and its week grid."""

from datetime import date

from portal.deadlines.clocks import resume, start_clock, suspend
from portal.deadlines.explain import grid, why
from tests.portal.deadlines.counted import counted


def test_the_panel_names_rule_basis_start_and_sources(cast):
    clock = start_clock(cast.file, "nd_legality_review_max", date(2026, 9, 18), cast.clerk)
    panel = why(clock, date(2026, 10, 12))
    assert (panel.rule, panel.basis, panel.deducted) == (
        "15个工作日内",
        "国办发〔2018〕115号第（五）项",
        "无中止、无延长",
    )
    assert panel.start == "2026-09-18 送审材料齐备并收到，当日不计入"
    assert panel.due == date(2026, 10, 15)
    assert panel.lamp.text == "剩 3 个工作日"
    assert "休：中秋节、国庆节放假 10 日" in panel.legend
    assert "班：调休上班 2 日" in panel.legend
    assert panel.sources == ("国务院办公厅 2025年11月4日通知",)


def test_the_panel_tells_the_stops(cast):
    clock = start_clock(cast.file, "foi_reply", date(2026, 9, 18), cast.clerk)
    suspend(clock, date(2026, 9, 22), reason="征求第三方意见", approver=cast.head, by=cast.clerk)
    clock = resume(clock, date(2026, 9, 24), by=cast.clerk)
    panel = why(clock, date(2026, 9, 28))
    assert panel.deducted == "2026-09-22 至 2026-09-24 中止：征求第三方意见"
    assert "停：中止期间，不计入" in panel.legend


def test_weeks_run_from_monday_to_sunday_with_marks():
    rows = grid(counted("nd_legality_review_max", "2026-09-18"), date(2026, 10, 12))
    assert [row.cells[0].label for row in rows] == ["9/14", "21", "28", "5", "12"]
    cells = {cell.date.isoformat(): cell for row in rows for cell in row.cells}
    assert len(cells) == 35
    assert (cells["2026-09-18"].style, cells["2026-09-18"].words) == ("start", "起算")
    assert (cells["2026-09-20"].style, cells["2026-09-20"].mark, cells["2026-09-20"].number) == ("makeup", "班", 1)
    assert (cells["2026-09-25"].style, cells["2026-09-25"].mark) == ("off", "休")
    assert cells["2026-10-01"].label == "10/1"
    assert cells["2026-10-11"].style == "rest"
    assert (cells["2026-10-12"].style, cells["2026-10-12"].mark, cells["2026-10-12"].number) == ("today", "今", 12)
    assert (cells["2026-10-15"].style, cells["2026-10-15"].number) == ("end", 15)


def test_the_middle_of_a_long_period_is_folded_but_today_stays_open():
    period = counted("pen_decide", "2026-07-03")
    rows = grid(period)
    assert [bool(row.fold) for row in rows] == [False] * 3 + [True] + [False] * 3
    assert rows[3].fold == "第 17—79 日（2026-07-20 至 2026-09-20）"
    opened = grid(period, date(2026, 8, 12))
    assert [bool(row.fold) for row in opened] == [False] * 3 + [True, False, True] + [False] * 3
