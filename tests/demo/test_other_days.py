"""Seen from another day the demo still stands, and built twice for one day it is the same to the last date."""

from datetime import date

import pytest
from django.db import transaction

from normative_docs.models import NormativeDocument
from normative_docs.workflow import Stage
from portal.casefiles.models import CaseFile
from portal.deadlines.lamps import lamp_of
from portal.deadlines.models import Deadline
from portal.demo.building import build
from portal.moment import clock_set_to
from portal.reports.models import AnnualReport
from tests.demo.facts import visible_facts
from tests.ground import PASSWORD

AFTER_THE_FESTIVAL = date(2026, 3, 5)
NO_NOTICE_YET = date(2027, 1, 4)  # the holidays of 2027 are not announced: dates are provisional


def stands(world, day):
    """What must hold of the demo on any day."""
    assert set(NormativeDocument.objects.values_list("stage", flat=True)) == set(Stage.values)
    assert not CaseFile.objects.filter(opened_on__gt=day).exists()
    assert AnnualReport.objects.get(town=world.longtan, year=day.year - 1).stage == "drafting"
    with clock_set_to(day):
        lamps = {lamp_of(deadline, day).state for deadline in Deadline.objects.all()}
    assert {"late", "soon"} <= lamps
    # What ends in later years, such as a document's validity, is provisional until their holidays are announced.
    of_the_year = Deadline.objects.filter(provisional=True, effective_end__year=day.year)
    assert of_the_year.exists() == (day == NO_NOTICE_YET)


@pytest.mark.full
def test_after_the_spring_festival_it_stands(db):
    stands(build(AFTER_THE_FESTIVAL, PASSWORD), AFTER_THE_FESTIVAL)


@pytest.mark.full
def test_in_a_year_without_holiday_notice_it_stands_and_is_the_same_each_time(db):
    with transaction.atomic():
        build(NO_NOTICE_YET, PASSWORD)
        earlier = visible_facts()
        transaction.set_rollback(True)
    world = build(NO_NOTICE_YET, PASSWORD)
    assert visible_facts() == earlier
    stands(world, NO_NOTICE_YET)
