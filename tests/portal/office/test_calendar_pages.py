"""A year's holidays: read from the notice as printed, previewed, loaded; the old day stays on record."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from normative_docs.recording import open_draft
from portal.audit.models import AuditEntry
from portal.deadlines.clocks import start_clock
from portal.deadlines.models import CalendarNotice, Deadline
from portal.web.office.notice_text import as_lines, read_lines

pytestmark = pytest.mark.django_db

PRINTED = """一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月28日（周日）上班。
三、清明节：4月5日（周一）放假。
"""
LINES = "元旦,2027-01-01,2027-01-03,\n春节，2027-02-05，2027-02-11，2027-01-31 2027-02-28\n清明节,2027-04-05,2027-04-05"
PAGE = "/county/rules/calendar/2027/"


@pytest.fixture
def supervisor(as_person):
    return as_person("county_supervisor")


@pytest.fixture
def clock(world):
    """A clock that ends on Sunday 2027-02-28 if that day is worked, else on the Monday after it."""
    person = world["lt_clerk"]
    file = open_draft(by=person, organisation=world.longtan, title="甲办法", disclosure="proactive")
    return start_clock(file, "lit_sue", date(2026, 8, 31), person)


def answers(lines=PRINTED, **more):
    return {"year": 2027, "region": "", "title": "2027年放假安排", "source": "国办发明电", "lines": lines, **more}


def test_the_notice_as_printed_and_plain_lines_say_the_same():
    printed = read_lines(PRINTED, 2027, "甲", "乙")
    assert printed == read_lines(LINES, 2027, "甲", "乙")
    assert printed.days[date(2027, 1, 31)].is_workday
    assert not printed.days[date(2027, 4, 5)].is_workday
    assert read_lines(as_lines(printed.days.items()), 2027, "甲", "乙") == printed


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("", "请填写放假安排"),
        ("国庆节 十月一日起", "第 1 行无法识别"),
        ("元旦,2027-01-01,2027-01-40,", "不是日期"),
        ("元旦,2027-01-03,2027-01-01,", "早于首日"),
        ("元旦,2026-01-01,2026-01-03,", "不在 2027 年"),
        ("元旦,2027-01-01,2027-01-03,2027-01-04", "不是周末"),
        ("二、春节：2月30日放假。", "没有 2月30日 这一天"),
    ],
)
def test_what_cannot_be_right_is_refused_with_the_line(world, supervisor, lines, why):
    refused = supervisor.post(PAGE, answers(lines))
    assert refused.status_code == 422
    assert why in refused.content.decode()


def test_the_preview_shows_which_dates_move_and_writes_nothing(world, supervisor, clock):
    preview = supervisor.post(PAGE, answers())
    text = preview.content.decode()
    assert preview.context["moved"] == 1
    assert "<del>2027-03-01</del>" in text
    assert "<ins>2027-02-28</ins>" in text
    assert "甲办法" not in text  # a draft that the town has not filed
    clock.refresh_from_db()
    assert clock.effective_end == date(2027, 3, 1)
    assert not CalendarNotice.objects.filter(year=2027).exists()


def test_loading_moves_the_dates_and_keeps_the_old_day_in_the_audit(world, supervisor, clock):
    first = supervisor.post(PAGE, answers())
    confirmed = {**dict(first.context["answers"]), "confirmed": "yes"}
    assert supervisor.post(PAGE, confirmed).url == reverse("office:calendar")
    clock.refresh_from_db()
    assert clock.effective_end == date(2027, 2, 28)
    assert not clock.provisional
    entry = AuditEntry.objects.get(verb="deadline.recounted")
    assert entry.payload["old"]["effective_end"] == "2027-03-01"
    assert entry.person == world["county_supervisor"]


def test_a_corrected_notice_moves_them_back_and_keeps_what_it_replaced(world, supervisor, clock):
    supervisor.post(PAGE, answers(confirmed="yes"))
    correction = PRINTED.replace("、2月28日（周日）", "")
    page = supervisor.get(PAGE).content.decode()
    assert "更正安排" in page
    assert "春节,2027-02-05,2027-02-11,2027-01-31 2027-02-28" in page
    supervisor.post(PAGE, answers(correction, confirmed="yes"))
    assert Deadline.objects.get().effective_end == date(2027, 3, 1)
    loaded = AuditEntry.objects.filter(verb="calendar.loaded").order_by("-id").first()
    assert ["2027-02-28", True] in loaded.payload["replaced"]


def test_a_file_is_read_like_typed_lines(world, supervisor):
    upload = SimpleUploadedFile("2027.csv", f"名称,首日,末日,调休上班日\n{LINES}".encode("utf-8-sig"))
    preview = supervisor.post(PAGE, answers("", file=upload))
    assert preview.status_code == 200
    assert len(preview.context["days"]) == 13


def test_the_list_says_what_is_missing(world, supervisor):
    page = supervisor.get(reverse("office:calendar")).content.decode()
    assert "2026 年" in page
    assert "随系统提供" in page


@pytest.mark.parametrize("username", ["lt_head", "county_reviewer", "sysadmin"])
def test_only_the_supervisor_loads_a_notice(world, as_person, username):
    assert as_person(username).post(PAGE, answers(confirmed="yes")).status_code == 403
    assert not CalendarNotice.objects.filter(year=2027).exists()
