"""Filings on which every gate of a step is met, and how to take exactly one condition away."""

from contextlib import contextmanager
from datetime import date, timedelta

from django.core.files.base import ContentFile

from normative_docs.papers import MAKING
from portal.documents.attach import attach, remove
from portal.documents.models import Document
from portal.moment import clock_set_to
from portal.organisations.models import PolicySetting
from portal.oversight.form_check import keep
from portal.oversight.further import list_further
from portal.oversight.kinds import REVIEW_OPINION, REVOCATION
from portal.oversight.targets import PRESIDIUM_SWITCH
from portal.workflow.perform import perform
from tests.portal.oversight import filings

LATER = filings.PUBLISHED + timedelta(days=8)
AFTER_CORRECTION = filings.PUBLISHED + timedelta(days=45)
PROPOSAL = {"reason": "逾期未纠正第三条设定处罚的问题。", "basis": "地方组织法 第七十三条第三项"}
DECISION = {
    **PROPOSAL, "organ": "云溪县人民政府", "approver": "县人民政府常务会议", "number": "云府决〔2026〕1号",
    "on": AFTER_CORRECTION,
}  # fmt: skip
_AFTER_CORRECTION = ("propose_revocation", "revoke", "drop_revocation", "announce")


class Desk:
    """One filing and the day on which its step is taken."""

    def __init__(self, world, document, day: date = LATER):
        self.world, self.document, self.day = world, document, day

    @contextmanager
    def on(self):
        with clock_set_to(self.day):
            yield


def _to_be_answered(world):
    filing = filings.to_be_corrected(world)
    with clock_set_to(LATER):
        filings.answer_all(filing, world["lt_clerk"])
    return filing


def _answered(world):
    filing = _to_be_answered(world)
    with clock_set_to(LATER):
        return perform(filing, "answer", by=world["lt_clerk"])


def _ready_to_submit(world):
    filing = filings.prepared(world)
    with clock_set_to(filings.PUBLISHED):
        filings.fill(filing, world["lt_clerk"])
    return filing


def _with_finding(world):
    filing = filings.accepted(world)
    with clock_set_to(LATER):
        filings.found(filing, world)
    return filing


def _with_opinion(world):
    filing = filings.recorded(world)
    with clock_set_to(LATER):
        words = ContentFile("备案审查意见书".encode(), name="意见书.txt")
        attach(filing, REVIEW_OPINION.code, words, world["county_supervisor"])
    return filing


def overdue_correction(world):
    """The correction period has run out without a word from the town."""
    return filings.to_be_corrected(world, in_force=True)


def proposed(world):
    """Proposed by the reviewer after the period ran out."""
    filing = overdue_correction(world)
    with clock_set_to(AFTER_CORRECTION):
        return perform(filing, "propose_revocation", by=world["county_reviewer"], data=dict(PROPOSAL))


def revoked(world, with_paper=True):
    """Revoked; the decision lies in the file."""
    filing = proposed(world)
    with clock_set_to(AFTER_CORRECTION):
        filing = perform(filing, "revoke", by=world["county_supervisor"], data=dict(DECISION))
        if with_paper:
            words = ContentFile("撤销决定".encode(), name="撤销决定.txt")
            attach(filing, REVOCATION.code, words, world["county_supervisor"])
    return filing


_STEPS = {
    "submit": (_ready_to_submit, "lt_clerk", {}),
    "withdraw": (filings.prepared, "lt_clerk", {}),
    "return_papers": (filings.submitted, "county_reviewer", {"reason": "缺制定说明", "until": LATER}),
    "accept": (filings.submitted, "county_reviewer", {}),
    "record": (filings.accepted, "county_supervisor", {"opinion": "准予备案。"}),
    "order_correction": (_with_finding, "county_supervisor", {"order": "amend", "opinion": "限期修改。"}),
    "answer": (_to_be_answered, "lt_clerk", {}),
    "accept_answer": (_answered, "county_supervisor", {}),
    "reject_answer": (_answered, "county_supervisor", {"reason": "第二条没有改到位"}),
    "propose_revocation": (overdue_correction, "county_reviewer", PROPOSAL),
    "revoke": (proposed, "county_supervisor", DECISION),
    "drop_revocation": (proposed, "county_supervisor", {}),
    "announce": (revoked, "county_supervisor", {}),
    "archive": (_with_opinion, "county_supervisor", {}),
}


def ready_for(world, code: str) -> tuple[Desk, object, dict]:
    """A desk, who may take the step, and what its form asks, with every gate of the step met."""
    make, username, data = _STEPS[code]
    day = AFTER_CORRECTION if code in _AFTER_CORRECTION else LATER
    return Desk(world, make(world), day), world[username], data


def _drop(slot):
    def drop(desk):
        for paper in Document.objects.in_force().filter(file_id=desk.document.pk, slot=slot.code):
            remove(paper, desk.world["lt_clerk"], "测试：拿掉这份材料")

    return drop


def _open_finding(desk):
    filings.found(desk.document, desk.world)


def _failed_form_check(desk):
    keep(desk.document, by=desk.world["county_reviewer"], answers={"dates": ("bad", "没有载明施行日期。")})


def also_for_the_presidium(world, filing):
    """The region asks for a filing with the presidium too, and it was not sent yet."""
    PolicySetting.objects.create(
        organisation=world.county, code=PRESIDIUM_SWITCH.code, value=True, valid_from=date(2020, 1, 1),
        basis="云溪县地方规则（地方示例）", set_by_name="韩梅",
    )  # fmt: skip
    list_further(filing.subject, by=world["lt_clerk"])


def _within_the_period(desk):
    desk.day = LATER


WITHOUT = {
    "form_checked": _failed_form_check,
    "also_sent": lambda desk: also_for_the_presidium(desk.world, desk.document),
    "correction_failed": _within_the_period,
    "revocation_in_file": _drop(REVOCATION),
    "papers_complete": _drop(MAKING),
    "findings_on_file": lambda desk: desk.document.findings.all().delete(),
    "no_open_findings": _open_finding,
    "refusals_settled": lambda desk: desk.document.findings.update(answer="refused"),
    "findings_answered": lambda desk: desk.document.findings.update(answer="", answer_text=""),
    "opinion_in_file": _drop(REVIEW_OPINION),
}
KEPT_BY_THE_DATABASE: set[str] = set()
TOGETHER: dict[str, set[str]] = {}
