"""Who sees which file: the own town, the county from the first step addressed to it, administrators nothing."""

from datetime import date

import pytest

from normative_docs.models import NormativeDocument
from portal.casefiles.models import CaseFile
from tests.ground import made_once
from tests.normative_docs.scenarios import begin


@made_once
def journey(world):
    journey = begin(world, start=date(2026, 3, 2))
    journey.open()
    return journey


def _sees(world, username, journey):
    return CaseFile.objects.visible_to(world[username]).filter(pk=journey.document.pk).exists()


@pytest.mark.parametrize("username", ["lt_clerk", "lt_legal", "lt_head"])
def test_the_town_sees_its_own_files(world, journey, username):
    assert _sees(world, username, journey)
    assert NormativeDocument.objects.visible_to(world[username]).filter(pk=journey.document.pk).exists()


@pytest.mark.parametrize(
    "username",
    ["qh_clerk", "qh_legal", "qh_head", "lt_village01", "lt_mediator", "county_reviewer", "county_supervisor",
     "sysadmin", "secadmin", "auditor"],
)  # fmt: skip
def test_nobody_else_sees_a_draft(world, journey, username):
    assert not _sees(world, username, journey)


def test_the_county_sees_a_draft_once_it_is_sent_to_it_for_review(world):
    journey = begin(world, town="baishi")
    journey.walk("answer")
    assert not _sees(world, "county_reviewer", journey)
    journey.send_to_review()
    assert _sees(world, "county_reviewer", journey)


def test_a_disabled_person_sees_nothing(world, journey):
    person = world["lt_clerk"]
    person.is_active = False
    assert not _sees(world, "lt_clerk", journey)


def test_a_role_that_has_ended_shows_nothing(world, journey):
    world["lt_clerk"].role_assignments.update(valid_until=date(2026, 1, 1))
    world["lt_clerk"].__dict__.pop("_current_roles", None)
    assert not _sees(world, "lt_clerk", journey)
