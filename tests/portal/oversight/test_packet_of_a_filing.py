"""The filing as one packet: its papers in order, an index, digests that can be checked, and what is missing."""

import hashlib
from datetime import date
from io import BytesIO
from zipfile import ZipFile

from normative_docs.demo import texts
from normative_docs.demo.journey import Journey
from portal.audit.models import AuditEntry
from portal.demo.walking import cast_of
from portal.documents.papers import missing_papers
from portal.oversight.bundle import DIGESTS, INDEX, is_complete, packet
from tests.portal.oversight import filings


def unpacked(response) -> ZipFile:
    return ZipFile(BytesIO(b"".join(response.streaming_content)))


def address(filing) -> str:
    return f"/staff/cases/{filing.public_id}/filing/bundle.zip"


def test_every_paper_is_in_it_and_its_digest_can_be_checked(world, as_person):
    filing = filings.submitted(world)
    response = as_person("lt_clerk").get(address(filing))
    archive = unpacked(response)
    names = [name for name in archive.namelist() if name not in (INDEX, DIGESTS)]
    assert names == ["01_备案报告.txt", "02_正式文本.txt", "03_制定说明.txt", "04_制定依据.txt"]
    for line in archive.read(DIGESTS).decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    index = archive.read(INDEX).decode("utf-8-sig")
    assert filing.subject.title in index
    assert "缺" not in index
    assert "filename*=utf-8" in response["Content-Disposition"].lower()


def test_the_index_names_what_is_missing(world, as_person):
    filing = filings.prepared(world)
    assert not is_complete(filing)
    index = unpacked(as_person("lt_clerk").get(address(filing))).read(INDEX).decode()
    assert "缺\t备案报告" in index


def test_taking_it_is_recorded_and_another_town_finds_nothing(world, as_person):
    filing = filings.submitted(world)
    assert as_person("county_reviewer").get(address(filing)).status_code == 200
    assert AuditEntry.objects.filter(file_id=filing.pk, summary__startswith="整套报备材料").count() == 1
    assert as_person("qh_clerk").get(address(filing)).status_code == 404


def test_the_legality_opinion_goes_along_wherever_one_was_given(world):
    journey = Journey(cast_of(world, "longtan"), texts.housing(), date(2026, 3, 2))
    journey.walk("publish")
    place = next(place for place in packet(journey.filing) if place.code == "fl_opinion")
    assert place.is_needed
    without = filings.prepared(world)
    assert "fl_opinion" not in {slot.code for slot in missing_papers(without, without.kind_of_filing.papers)}
