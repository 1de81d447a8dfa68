"""Inspections on which every gate of a step is met, and how to take exactly one condition away."""

from contextlib import contextmanager
from datetime import date

from django.core.files.base import ContentFile

from portal.documents.attach import attach, remove
from portal.documents.models import Document
from portal.moment import clock_set_to
from portal.oversight.inspecting.gates import OPINION
from portal.oversight.inspecting.recording import add_finding, answer_finding, open_inspection, write_summary
from portal.workflow.perform import perform

DAY, UNTIL = date(2026, 9, 22), date(2026, 10, 20)
LIMIT = {"until": UNTIL}


class Desk:
    """One inspection and the day on which its step is taken."""

    def __init__(self, world, document, day: date = DAY):
        self.world, self.document, self.day = world, document, day

    @contextmanager
    def on(self):
        with clock_set_to(self.day):
            yield


def opened(world, town="longtan", others=("龙潭镇公共停车管理办法（龙政规〔2025〕1号）",)):
    with clock_set_to(DAY):
        return open_inspection(
            by=world["county_reviewer"], town=world.units[town], kind="routine", inspected_on=DAY,
            inspectors="林𠮷、韩梅", scope_text="制定程序、公开发布、报送备案", others=others,
        )  # fmt: skip


def found(inspection, world, problem="制定说明没有写明征求意见的采纳情况。"):
    with clock_set_to(DAY):
        return add_finding(
            inspection, by=world["county_reviewer"], document="龙潭镇公共停车管理办法", problem=problem,
            basis="国办发〔2018〕37号", demand="补充制定说明，重新报送。",
        )  # fmt: skip


def with_finding(world):
    inspection = opened(world)
    found(inspection, world)
    return inspection


def clean(world):
    inspection = opened(world)
    with clock_set_to(DAY):
        write_summary(inspection, by=world["county_reviewer"], summary="程序完备，材料齐全。")
    return inspection


def issued(world):
    with clock_set_to(DAY):
        return perform(with_finding(world), "issue", by=world["county_reviewer"], data=dict(LIMIT))


def to_be_handed_in(world):
    inspection = issued(world)
    with clock_set_to(DAY):
        for finding in inspection.findings.all():
            answer_finding(finding, by=world["lt_clerk"], answer="已补充说明并重新报送。")
    return inspection


def answered(world):
    with clock_set_to(DAY):
        inspection = perform(to_be_handed_in(world), "answer", by=world["lt_clerk"])
        words = ContentFile("检查意见书".encode(), name="检查意见书.txt")
        attach(inspection, OPINION.code, words, world["county_reviewer"])
    return inspection


_STEPS = {
    "issue": (with_finding, "county_reviewer", LIMIT),
    "close_clean": (clean, "county_reviewer", {}),
    "answer": (to_be_handed_in, "lt_clerk", {}),
    "accept": (answered, "county_reviewer", {}),
    "reject": (answered, "county_supervisor", LIMIT),
}


def ready_for(world, code: str) -> tuple[Desk, object, dict]:
    """A desk, who may take the step, and what its form asks, with every gate of the step met."""
    make, username, data = _STEPS[code]
    return Desk(world, make(world)), world[username], data


def _without_paper(desk):
    for paper in Document.objects.in_force().filter(file_id=desk.document.pk, slot=OPINION.code):
        remove(paper, desk.world["county_reviewer"], "测试：拿掉意见书")


WITHOUT = {
    "documents_named": lambda desk: desk.document.looked_at.all().delete(),
    "findings_on_record": lambda desk: desk.document.findings.all().delete(),
    "nothing_found": lambda desk: found(desk.document, desk.world),
    "all_answered": lambda desk: desk.document.findings.update(answered_at=None),
    "opinion_on_file": _without_paper,
}
KEPT_BY_THE_DATABASE: set[str] = set()
TOGETHER: dict[str, set[str]] = {}
