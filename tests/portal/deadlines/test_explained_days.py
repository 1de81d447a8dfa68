"""Why this day: sentences and day cells of a counted period."""

from tests.portal.deadlines.counted import counted


def kinds(result):
    return {cell.date.isoformat(): (cell.kind, cell.number, cell.mark) for cell in result.days}


def test_working_days_are_numbered_past_holidays_and_make_up_days():
    days = kinds(counted("foi_reply", "2026-09-18"))
    assert days["2026-09-18"][0] == "start"
    assert days["2026-09-20"] == ("makeup", 1, "班")
    assert days["2026-09-25"] == ("rest", None, "休")
    assert days["2026-10-22"] == ("due", 20, "")


def test_stopped_days_carry_no_number():
    days = kinds(counted("foi_reply", "2026-09-18", stops=("2026-09-22:2026-10-12",)))
    assert days["2026-09-22"] == ("counted", 3, "")
    assert days["2026-09-23"] == ("stopped", None, "停")
    assert days["2026-10-13"] == ("counted", 4, "")


def test_calendar_days_count_holidays_and_roll_to_the_next_working_day():
    days = kinds(counted("nd_filing", "2026-09-20"))
    assert days["2026-10-05"] == ("counted", 15, "休")
    assert days["2026-10-06"] == ("roll", None, "休")
    assert days["2026-10-08"] == ("due", None, "")


def test_clear_days_before_an_event_are_numbered_backwards():
    days = kinds(counted("pen_hearing_notice", "2026-10-12"))
    assert days["2026-10-10"] == ("makeup", 1, "班")
    assert days["2026-09-24"] == ("counted", 7, "")
    assert days["2026-09-23"][0] == "due"


def test_the_steps_name_rule_start_holidays_and_end():
    text = "\n".join(counted("foi_reply", "2026-09-18").steps)
    expected = (
        "《政府信息公开条例》第三十三条",
        "当日不计入",
        "国庆节 2026-10-01 至 2026-10-07",
        "2026-09-20（周日）",
        "第 20 个工作日：2026-10-22（周四）",
    )
    for words in expected:
        assert words in text


def test_an_extension_names_approver_and_starts_at_the_end_of_the_old_period():
    text = "\n".join(counted("foi_reply", "2026-09-18", extend=True).steps)
    assert "自原期限届满之日 2026-10-22（周四）起延长 20个工作日" in text
    assert "政府信息公开工作机构负责人批准" in text


def test_a_make_up_sunday_is_no_reason_to_roll():
    assert any("不是休假日，不顺延" in step for step in counted("nd_filing", "2026-09-05").steps)


def test_the_roll_protects_the_party_and_says_so():
    text = "\n".join(counted("pen_decide", "2026-07-03").steps)
    assert "《民法典》第二百零三条" in text
    assert "办理机关应当按 2026-09-30（周三）安排" in text
