"""Where the region registers first: no publication without the county's number, and no filing after it."""

import pytest

from normative_docs.numbers import DOCUMENTS
from normative_docs.switches import REGISTERS_FIRST
from normative_docs.workflow import Stage
from portal.casefiles.models import CaseFile
from portal.casefiles.numbering import numbers_of
from portal.oversight.models import Filing
from portal.workflow.refusals import GatesNotMet, StageConflict
from tests.ground import made_once
from tests.normative_docs.scenarios import begin, switch_on


@made_once
def signed(world):
    switch_on(world, REGISTERS_FIRST)
    journey = begin(world)
    journey.walk("sign")
    journey.workday()
    return journey


def test_it_is_not_published_before_it_is_registered(signed):
    signed.review_public_copy()
    with signed.on(), pytest.raises(GatesNotMet, match="县级已统一登记"):
        signed._step("publish_registered", signed.cast.clerk)


def test_the_usual_way_is_closed(signed):
    signed.review_public_copy()
    with signed.on(), pytest.raises(StageConflict):
        signed._step("publish", signed.cast.clerk)


def test_the_county_sees_it_and_its_clock_runs(world, signed):
    assert CaseFile.objects.visible_to(world["county_reviewer"]).filter(pk=signed.document.pk).exists()
    assert signed.document.deadlines.filter(code="nd_register_decide", state="running").exists()


def test_the_county_is_shown_its_own_due_date_and_has_nothing_to_do_once_it_registered(world, signed):
    items = signed.document.work_items.filter(closed_at__isnull=True)
    assert items.get(authority="oversight.review").deadline.code == "nd_register_decide"
    assert items.get(authority="publishing.prepare").deadline.code == "nd_publish"
    with signed.on():
        signed._step("register", world["county_reviewer"])
    assert [item.authority for item in items.all()] == ["publishing.prepare"]


def test_a_registered_document_is_published_and_needs_no_filing(world, signed):
    with signed.on():
        signed._step("register", world["county_reviewer"])
    assert signed.document.registration_number
    signed.review_public_copy()
    with signed.on():
        signed._step("publish_registered", signed.cast.clerk)
    assert signed.document.stage == Stage.FILED
    assert not Filing.objects.filter(subject_id=signed.document.pk).exists()


def test_a_refusal_voids_the_number_and_sends_the_document_back(world, signed):
    number = signed.document.document_number
    with signed.on():
        signed._step("refuse_registration", world["county_reviewer"], note="缺少集体讨论纪要。")
        rows = numbers_of(DOCUMENTS, signed.cast.town, 2026)
    assert signed.document.stage == Stage.SIGNING
    assert signed.document.document_number == ""
    assert [row["state"] for row in rows] == ["voided"]
    assert number == rows[0]["printed"]
    with signed.on():
        signed._step("sign", signed.cast.head)
    assert signed.document.document_number == "龙政规〔2026〕2号"
