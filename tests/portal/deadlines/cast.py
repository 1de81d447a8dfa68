"""A county, a town, four people and one file, for the tests of running clocks."""

from dataclasses import dataclass
from datetime import date

from portal.accounts.models import Person, RoleAssignment
from portal.casefiles.models import CaseFile
from portal.organisations.models import Organisation


@dataclass
class Cast:
    county: Organisation
    town: Organisation
    clerk: Person
    head: Person
    supervisor: Person
    file: CaseFile

    def another_file(self, number: str) -> CaseFile:
        return CaseFile.objects.create(
            kind="normative_docs",
            number=number,
            title="河道采砂管理暂行规定",
            organisation=self.town,
            opened_on=date(2026, 9, 1),
            opened_by=self.clerk,
            disclosure="proactive",
        )


def gather() -> Cast:
    county = Organisation.objects.create(
        code="yx", name="云溪县人民政府", short_name="云溪县", level="county", kind="county_government", region="yunxi"
    )
    town = Organisation.objects.create(
        code="sp", name="石坪镇人民政府", short_name="石坪镇", level="township", kind="town_government", parent=county,
        region="yunxi",
    )  # fmt: skip
    clerk = _person("sp_clerk", "周慧敏", town, "clerk")
    head = _person("sp_head", "何立新", town, "head")
    supervisor = _person("yx_supervisor", "彭国强", county, "supervisor")
    cast = Cast(county, town, clerk, head, supervisor, None)
    cast.file = cast.another_file("石坪〔2026〕1号")
    return cast


def _person(username: str, full_name: str, organisation: Organisation, role: str) -> Person:
    person = Person.objects.create_user(username, full_name=full_name, organisation=organisation)
    RoleAssignment.objects.create(person=person, role=role, organisation=organisation, valid_from=date(2020, 1, 1))
    return person
