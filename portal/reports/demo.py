"""龙潭镇's annual reports: that of 2021 on its whole way, and last year's, still being written."""

from datetime import date

from portal.jobs import queue
from portal.moment import clock_set_to
from portal.publishing.rehearsal import reviewed_for_the_public
from portal.reports.writing import digest_of, newest_job, start_report, write
from portal.workflow.perform import perform

# Reports count what the other apps have put on file.
AFTER_OTHERS = True

_PUBLISHED_ON = date(2022, 2, 25)
_WORDS_2021 = {
    "measures_services": "承接上级下放事项，编制便民服务事项目录，取消没有依据的村级证明三项。",
    "measures_enforcement": "组建综合执法队，执法人员经考试合格后持证上岗；执法信息在镇政府网站公示。",
    "shortcomings": (
        "一是文件草案征求意见的范围不够宽，原因是座谈会场次偏少；"
        "二是个别办所依法行政意识有待加强，原因是学法培训不够经常。"
    ),
    "next_year": "一季度完成现行文件清理；年内组织集中学法四次；每季度通报行政规范性文件报备情况。",
}
_WORDS_LAST_YEAR = {
    "measures_services": "便民服务中心延时服务，梳理高频事项办事指南并上墙公示。",
    "measures_enforcement": "综合执法队按月开展案卷自查，持证人员信息向社会公示。",
}


def build(world, today: date) -> None:
    """The app's part of the demo, after the records that it counts."""
    if today >= _PUBLISHED_ON:
        _year_2021(world)
    if today.year - 1 > 2021:
        _last_year(world, today)


def _started(world, year: int, day: date):
    with clock_set_to(day):
        return start_report(by=world["lt_clerk"], organisation=world.longtan, year=year)


def _write(world, report, words: dict[str, str]) -> None:
    """Each chapter keeps the sentences of its figures; the clerk's words follow them."""
    for section in report.sections.filter(code__in=words):
        text = f"{section.text}\n{words[section.code]}".strip()
        write(section, by=world["lt_clerk"], text=text, seen=digest_of(section))


def _year_2021(world) -> None:
    clerk, head = world["lt_clerk"], world["lt_head"]
    report = _started(world, 2021, date(2022, 1, 10))
    with clock_set_to(date(2022, 1, 24)):
        _write(world, report, _WORDS_2021)
    with clock_set_to(date(2022, 2, 14)):
        report = perform(report, "hand_in", by=clerk)
    with clock_set_to(date(2022, 2, 21)):
        report = perform(report, "approve", by=head)
        queue.run(newest_job(report).pk)
    with clock_set_to(_PUBLISHED_ON):
        recipients = [world.county.name, "中共云溪县委员会", "云溪县人民代表大会常务委员会"]
        report = perform(report, "submit", by=clerk, data={"recipients": recipients, "more": ""})
        reviewed_for_the_public(report, by=clerk, reviewer=head)
        perform(report, "publish", by=clerk)


def _last_year(world, today: date) -> None:
    """Opened in January; two chapters beyond the figures are written, the others wait for the clerk."""
    year = today.year - 1
    started = min(date(today.year, 1, 12), today)
    report = _started(world, year, started)
    with clock_set_to(started):
        _write(world, report, _WORDS_LAST_YEAR)
