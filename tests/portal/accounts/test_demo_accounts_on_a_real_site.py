"""A real site does not pass its deployment check while a demo account can sign in."""

import pytest

from portal.accounts.checks import no_demo_account_is_active
from portal.accounts.models import Person
from portal.organisations.models import Organisation, OrganisationKind, OrganisationLevel

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    town = Organisation.objects.create(
        code="probe-town",
        name="试验镇人民政府",
        short_name="试验镇",
        level=OrganisationLevel.TOWNSHIP,
        kind=OrganisationKind.TOWN_GOVERNMENT,
        region="yunxi",
    )
    return lambda username, **facts: Person.objects.create(username=username, organisation=town, **facts)


def test_an_active_demo_account_is_an_error_that_names_it(account):
    account(username="lt_clerk", is_demo=True)

    (error,) = no_demo_account_is_active(None)

    assert error.id == "portal.E101"
    assert "lt_clerk" in error.msg


def test_a_closed_demo_account_is_no_danger(account):
    account(username="lt_clerk", is_demo=True, is_active=False)

    assert no_demo_account_is_active(None) == []


def test_ordinary_accounts_are_not_meant(account):
    account(username="zhang.wei")

    assert no_demo_account_is_active(None) == []
