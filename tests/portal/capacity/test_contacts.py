"""How to reach an expert is shown on request, and every look is on record."""

from django.urls import reverse

from portal.audit.models import AuditEntry
from tests.portal.capacity.people import CONTACT, county_expert


def test_a_contact_is_masked_until_somebody_asks_and_that_is_recorded(world, as_person):
    expert, client = county_expert(world), as_person("lt_clerk")
    url = reverse("capacity:expert", args=[expert.public_id])
    assert CONTACT not in client.get(url).content.decode()
    assert not AuditEntry.objects.filter(verb="expert.contact_seen").exists()
    assert CONTACT in client.post(url).content.decode()
    seen = AuditEntry.objects.get(verb="expert.contact_seen")
    assert (seen.person, seen.organisation) == (world["lt_clerk"], world.county)
    assert CONTACT not in seen.summary


def test_register_export_and_public_page_hold_no_contact(world, as_person):
    expert = county_expert(world, interests="云溪县城镇建设投资有限公司")
    client = as_person("lt_clerk")
    pages = [client.get("/staff/registers/experts/"), client.get("/experts/")]
    assert all(expert.name in page.content.decode() and CONTACT not in page.content.decode() for page in pages)
    assert client.get("/staff/registers/experts/export/").status_code == 200
    columns = pages[0].context["entry"].columns
    values = {str(column.value(expert)) for column in columns}
    assert not values & {expert.contact, expert.interests}
