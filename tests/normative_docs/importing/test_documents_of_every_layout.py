"""Every layout that is met is read right, and nothing is invented."""

import pytest

from normative_docs.importing import read_metadata_from_text

from .state_documents import STATE_DOCUMENTS
from .town_documents import TOWN_DOCUMENTS
from .web_documents import WEB_DOCUMENTS

DOCUMENTS = {**TOWN_DOCUMENTS, **STATE_DOCUMENTS, **WEB_DOCUMENTS}
FIELDS = (
    "title",
    "document_number",
    "issuing_body",
    "issued_on",
    "effective_on",
    "valid_until",
    "validity",
    "adopted_at",
)


@pytest.mark.parametrize("layout", DOCUMENTS)
def test_document_is_read_as_printed(layout):
    text, expected = DOCUMENTS[layout]
    found = read_metadata_from_text(text)
    assert {name: getattr(found, name) for name in FIELDS} == {name: expected.get(name) for name in FIELDS}
    assert [(r.title, r.number, r.from_date) for r in found.repeals] == expected.get("repeals", [])


def test_there_are_enough_layouts():
    assert len(DOCUMENTS) >= 40
