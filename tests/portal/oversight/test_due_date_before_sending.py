"""Until a filing is sent, its page counts down the limit that runs on the document it reports."""

from django.urls import reverse

from portal.moment import clock_set_to
from tests.portal.oversight import filings


def test_the_case_page_of_a_filing_not_yet_sent_shows_the_limit_of_its_document(world, as_person):
    filing = filings.prepared(world)
    with clock_set_to(filings.PUBLISHED):
        due = filing.next_deadline()
        page = as_person("lt_clerk").get(reverse("inside:case", args=[filing.public_id]))
    assert page.context["identity"]["due_on"] == due.effective_end
