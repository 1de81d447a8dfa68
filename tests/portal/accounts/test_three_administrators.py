"""System, security and audit administrators: never one person, never with business."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from portal.accounts import administering
from portal.accounts.models import RoleAssignment
from portal.moment import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(world):
    person, _ = administering.create_account(
        by=world["secadmin"], username="newcomer", full_name="新人", organisation=world.units["yunxi-justice"]
    )
    return person


def grant(world, person, role, start=0, end=None):
    return administering.grant_role(
        person,
        by=world["secadmin"],
        role=role,
        organisation=world.county,
        valid_from=today() + timedelta(days=start),
        valid_until=None if end is None else today() + timedelta(days=end),
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("system_administrator", "security_administrator"),
        ("security_administrator", "audit_administrator"),
        ("audit_administrator", "system_administrator"),
        ("system_administrator", "supervisor"),
        ("supervisor", "audit_administrator"),
    ],
)
def test_they_exclude_each_other_and_all_business(world, newcomer, first, second):
    grant(world, newcomer, first)
    with pytest.raises(ValidationError, match="不得"):
        grant(world, newcomer, second)
    assert newcomer.role_assignments.count() == 1


def test_a_role_that_begins_later_excludes_all_the_same(world, newcomer):
    grant(world, newcomer, "audit_administrator", start=30)
    with pytest.raises(ValidationError):
        grant(world, newcomer, "system_administrator")


def test_one_after_the_other_is_allowed(world, newcomer):
    grant(world, newcomer, "audit_administrator", start=0, end=10)
    grant(world, newcomer, "system_administrator", start=11)
    assert newcomer.role_assignments.count() == 2


def test_dates_in_the_wrong_order_are_refused(world, newcomer):
    with pytest.raises(ValidationError, match="截止日期不能早于起始日期"):
        grant(world, newcomer, "supervisor", start=5, end=1)


def test_a_security_administrator_can_do_nothing_to_the_own_account(world):
    own = world["secadmin"]
    held = RoleAssignment.objects.get(person=own)
    for act in (
        lambda: administering.disable_account(own, by=own),
        lambda: administering.reset_password(own, by=own),
        lambda: administering.withdraw_role(held, by=own, on=today()),
        lambda: grant(world, own, "supervisor"),
    ):
        with pytest.raises(administering.ActRefused, match="自己的账号"):
            act()
