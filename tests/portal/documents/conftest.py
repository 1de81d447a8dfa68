"""Two towns of one county, a clerk in each, and a file of the first."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from portal.accounts.models import Person, RoleAssignment
from portal.casefiles.models import CaseFile, Disclosure
from portal.organisations.models import Organisation, OrganisationKind, OrganisationLevel


def person_of(organisation: Organisation, username: str, role: str = "clerk") -> Person:
    person = Person.objects.create_user(username, "a long enough phrase", full_name="周岚", organisation=organisation)
    RoleAssignment.objects.create(person=person, role=role, organisation=organisation, valid_from=date(2020, 1, 1))
    return person


def file_of(organisation: Organisation, by: Person, **fields) -> CaseFile:
    # Counted in the database: the module is loaded twice, as conftest and by those that import from it.
    fields = {
        "kind": "specimen",
        "number": f"试案〔2026〕{CaseFile.objects.count() + 1}号",
        "title": "农村道路养护管理办法",
        "opened_on": date(2026, 3, 2),
        "disclosure": Disclosure.PROACTIVE,
    } | fields
    return CaseFile.objects.create(organisation=organisation, opened_by=by, **fields)


@pytest.fixture
def town(db):
    county = Organisation.objects.create(
        code="c", name="试验县人民政府", short_name="试验县", level=OrganisationLevel.COUNTY,
        kind=OrganisationKind.COUNTY_GOVERNMENT, region="c",
    )  # fmt: skip
    return Organisation.objects.create(
        code="east", name="试验县东溪镇人民政府", short_name="东溪镇", level=OrganisationLevel.TOWNSHIP,
        kind=OrganisationKind.TOWN_GOVERNMENT, region="c", parent=county,
    )  # fmt: skip


@pytest.fixture
def clerk(town):
    return person_of(town, "east_clerk")


@pytest.fixture
def stranger(town):
    """A clerk of the neighbouring town."""
    other = Organisation.objects.create(
        code="west", name="试验县西岭镇人民政府", short_name="西岭镇", level=OrganisationLevel.TOWNSHIP,
        kind=OrganisationKind.TOWN_GOVERNMENT, region="c", parent=town.parent,
    )  # fmt: skip
    return person_of(other, "west_clerk")


@pytest.fixture
def case_file(town, clerk):
    return file_of(town, clerk)


@pytest.fixture
def upload():
    """Makes an upload of a name and content."""
    return lambda name, content: ContentFile(content, name=name)
