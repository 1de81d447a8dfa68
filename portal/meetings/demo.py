"""龙潭镇's meetings that decide no file: its year 2021, and one of this year."""

from datetime import date, timedelta

from portal.meetings.minutes import seal
from portal.meetings.models import Attendance, Meeting
from portal.meetings.recording import add_attendance, record_meeting
from portal.moment import clock_set_to

_LEADERS = (("徐文", "副镇长"), ("马超", "副镇长"), ("罗敏", "党委委员"))
_OFFICES = (("冯晓东", "党政办主任"), ("许兰", "综合执法队队长"), ("邓家明", "上坪村村民委员会主任"))
_YEAR_2021 = (
    (
        Meeting.Kind.SPECIAL_STUDY, date(2021, 2, 25), "2021年第一次专题研究法治政府建设会议", "三楼会议室", _LEADERS,
        "听取上一年度法治政府建设情况汇报，研究本年度工作要点，确定文件清理、合法性审核和执法人员培训三项任务。",
    ),
    (
        Meeting.Kind.RULE_OF_LAW_WORK, date(2021, 3, 18), "2021年全镇依法行政工作会议", "镇政府礼堂",
        (*_LEADERS, *_OFFICES),
        "部署全年依法行政工作，印发工作要点，各办所、各村（社区）签收任务清单。",
    ),
    (
        Meeting.Kind.MEDIATION_RALLY, date(2021, 4, 22), "2021年行政调解工作动员会", "镇政府礼堂",
        (*_LEADERS, *_OFFICES),
        "动员部署行政调解工作，明确各办所受理范围、登记台账和按季统计的要求。",
    ),
    (
        Meeting.Kind.SPECIAL_STUDY, date(2021, 9, 16), "2021年第二次专题研究法治政府建设会议", "三楼会议室", _LEADERS,
        "检查上半年任务完成情况，研究行政规范性文件备案和公众意见答复中的问题，明确整改期限。",
    ),
)  # fmt: skip
_ONE_DAY = timedelta(days=1)


def build(world, today: date) -> None:
    """The app's part of the demo."""
    for facts in _YEAR_2021:
        _held(world, *facts)
    this_year = max(date(today.year, 1, 1), today - timedelta(days=40))
    while this_year.isoweekday() > 5 and this_year < today:
        this_year += _ONE_DAY
    _held(
        world, Meeting.Kind.SPECIAL_STUDY, this_year, f"{this_year.year}年第一次专题研究法治政府建设会议", "三楼会议室",
        _LEADERS, "听取年度法治政府建设任务进展汇报，研究行政规范性文件按期报备的措施。",
    )  # fmt: skip


def _held(world, kind, day: date, title: str, place: str, people, summary: str) -> Meeting:
    clerk, head = world["lt_clerk"], world["lt_head"]
    with clock_set_to(day):
        meeting = record_meeting(
            by=clerk, organisation=world.longtan, kind=kind, title=title, held_on=day, place=place,
            members_due=len(people) + 1, summary=summary,
        )  # fmt: skip
        there = [(None, name, post, False) for name, post in people]
        for person, name, post, is_head in [(head, head.full_name, head.post_on(day), True), *there]:
            add_attendance(
                meeting, by=clerk, person=person, name=name, post=post, role=Attendance.Role.MEMBER, is_head=is_head
            )
        return seal(meeting, by=clerk)
