"""A small county to search in: two towns, their clerks, and a maker of entries."""

import uuid
from datetime import date

from portal.accounts.models import Person, RoleAssignment
from portal.casefiles.models import CaseFile
from portal.organisations.models import Organisation
from portal.search.index import index
from portal.search.registry import EntryData


def county():
    """云溪县 with 龙潭镇 and 清河镇; found or made."""
    head, _ = Organisation.objects.get_or_create(
        code="yunxi",
        defaults={
            "name": "云溪县人民政府",
            "short_name": "云溪县",
            "level": "county",
            "kind": "county_government",
            "region": "yunxi",
        },
    )
    return head


def town(code="longtan", short_name="龙潭镇"):
    made, _ = Organisation.objects.get_or_create(
        code=code,
        defaults={
            "name": f"{short_name}人民政府",
            "short_name": short_name,
            "level": "township",
            "kind": "town_government",
            "region": "yunxi",
            "parent": county(),
        },
    )
    return made


def publish(title, *, kind="notice", on=date(2026, 3, 1), **fields):
    """Put one public entry into the index and return its identifier."""
    identifier = uuid.uuid4()
    fields.setdefault("url_name", "search:public")
    index(kind, identifier, [EntryData(title=title, published_on=on, public=True, **fields)])
    return identifier


def clerk(username, organisation):
    """A clerk (经办人) of a town."""
    person = Person.objects.create_user(username, "a-long-password", full_name="周敏", organisation=organisation)
    RoleAssignment.objects.create(person=person, role="clerk", organisation=organisation, valid_from=date(2020, 1, 1))
    return person


def open_file(title, person):
    """A case file of the person's town, to be disclosed."""
    return CaseFile.objects.create(
        kind="notice",
        number=str(uuid.uuid4())[:20],
        title=title,
        organisation=person.organisation,
        opened_on=date(2026, 1, 1),
        opened_by=person,
        disclosure="proactive",
    )
