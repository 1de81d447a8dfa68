"""Filings at every point of their way, as their people bring them there."""

from datetime import date, timedelta

from django.core.files.base import ContentFile

from normative_docs.papers import BASIS, MAKING, REPORT, TEXT
from normative_docs.recording import open_draft
from portal.casefiles.models import Disclosure
from portal.deadlines import clocks
from portal.documents.attach import attach
from portal.moment import clock_set_to
from portal.oversight.filing import open_filing
from portal.oversight.findings import add_finding, answer_finding
from portal.oversight.models import Filing
from portal.workflow.perform import perform

PUBLISHED = date(2026, 9, 20)
ARTICLES = """第一条　为加强村级公共设施管护，制定本办法。
第二条　本办法适用于本镇行政区域。
第三条　管护人员由村民会议推选。
"""


def document(
    world,
    prefix="lt",
    title="龙潭镇村级公共设施管护办法",
    published=PUBLISHED,
    disclosure=Disclosure.PROACTIVE,
    in_force=False,
):
    """A document whose filing limit runs from the day of publication.

    :param in_force: registered as published, so that its effect can end.
    """
    clerk, town = world[f"{prefix}_clerk"], world[f"{prefix}_clerk"].organisation.town()
    with clock_set_to(published):
        made = open_draft(
            by=clerk, organisation=town, title=title, disclosure=disclosure,
            disclosure_reason="" if disclosure == Disclosure.PROACTIVE else "内部管理事项",
            legal_basis="《中华人民共和国村民委员会组织法》第二十四条", draft_text=ARTICLES,
            **({
                "document_number": "龙政规〔2026〕9号", "issued_on": published, "effective_on": published,
                "published_on": published, "valid_until": published.replace(year=published.year + 3),
                "validity_text": "自公布之日起施行，有效期三年",
            } if in_force else {}),
        )  # fmt: skip
        if in_force:
            made = perform(made, "register_existing", by=clerk)
        clocks.start_clock(made, "nd_filing", published, by=clerk)
    return made


def prepared(world, prefix="lt", **facts) -> Filing:
    """Opened by the town, nothing handed in yet."""
    subject = document(world, prefix, **facts)
    with clock_set_to(facts.get("published", PUBLISHED)):
        return open_filing(subject, "normative_document", by=world[f"{prefix}_clerk"])


def hand_in(filing, slot, by, words=""):
    """Hand in one paper."""
    words = words or f"{slot.label}\n{filing.subject.title}"
    return attach(filing, slot.code, ContentFile(words.encode(), name=f"{slot.label}.txt"), by)


def fill(filing, by, text=ARTICLES):
    """Hand in the four papers."""
    for slot in (REPORT, TEXT, MAKING, BASIS):
        hand_in(filing, slot, by, text if slot is TEXT else "")


def submitted(world, prefix="lt", on=PUBLISHED + timedelta(days=3), **facts) -> Filing:
    filing = prepared(world, prefix, **facts)
    clerk = world[f"{prefix}_clerk"]
    with clock_set_to(on):
        fill(filing, clerk)
        return perform(filing, "submit", by=clerk)


def accepted(world, prefix="lt", on=PUBLISHED + timedelta(days=4), **facts) -> Filing:
    filing = submitted(world, prefix, **facts)
    with clock_set_to(on):
        return perform(filing, "accept", by=world["county_reviewer"])


def recorded(world, prefix="lt", on=PUBLISHED + timedelta(days=5), **facts) -> Filing:
    filing = accepted(world, prefix, **facts)
    with clock_set_to(on):
        return perform(filing, "record", by=world["county_supervisor"], data={"opinion": "未发现问题，准予备案。"})


def found(filing, world, clause="第三条", **fields):
    """The county writes a finding down."""
    facts = {"fault": "power", "problem": "设定了行政处罚。", "basis": "行政处罚法 第十六条", "suggestion": "删去。"}
    return add_finding(filing, by=world["county_reviewer"], clause=clause, **{**facts, **fields})


def to_be_corrected(
    world, prefix="lt", clauses=("第二条", "第三条"), on=PUBLISHED + timedelta(days=5), **facts
) -> Filing:
    filing = accepted(world, prefix, **facts)
    with clock_set_to(on):
        for clause in clauses:
            found(filing, world, clause)
        data = {"order": "amend", "opinion": "请限期修改。"}
        return perform(filing, "order_correction", by=world["county_supervisor"], data=data)


def answer_all(filing, by):
    for finding in filing.findings.filter(settled_at__isnull=True, answer=""):
        answer_finding(finding, by=by, answer="amended", answer_text="已按意见修改并重新公布。")
