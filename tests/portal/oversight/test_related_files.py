"""Files tied to one another: a link for whoever may open the other file, its name alone for the rest."""

from django.urls import reverse

from tests.portal.oversight import filings


def case_page(file):
    return reverse("inside:case", kwargs={"public_id": file.public_id})


def test_the_county_reads_what_is_filed_and_follows_no_link_into_the_town(world, as_person):
    filing = filings.submitted(world)
    subject = case_page(filing.subject)
    at_the_county = as_person("county_reviewer").get(case_page(filing)).content.decode()
    assert "关联事项" in at_the_county
    assert filing.subject.title in at_the_county
    assert subject not in at_the_county
    assert subject in as_person("lt_clerk").get(case_page(filing)).content.decode()


def test_a_filing_that_is_not_submitted_is_not_named_to_the_county(world, as_person):
    """The document itself lies before the county, whose office reviews it."""
    filing = filings.prepared(world)
    subject = filing.subject
    type(subject).objects.filter(pk=subject.pk).update(addressed_to_county_at=subject.opened_by.created_at)
    shown = as_person("county_reviewer").get(case_page(subject)).content.decode()
    assert subject.title in shown
    assert str(filing.public_id) not in shown
    assert filing.title not in shown
    assert case_page(filing) in as_person("lt_clerk").get(case_page(subject)).content.decode()


def test_whoever_asks_for_the_filings_is_asked_who_they_are(client):
    answer = client.get(reverse("oversight:staff-filings"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("accounts:sign-in"))
