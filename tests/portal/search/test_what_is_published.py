"""What the rooms below put before the public is found as it went out, and no longer once it was taken back."""

from datetime import date, timedelta

import pytest

from portal.consultation.models import PublicConsultation
from portal.moment import clock_set_to, now
from portal.publishing.models import Publication, ReviewedCopy
from portal.search.search import search
from tests.portal.search.county import clerk, open_file, town

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 12)


@pytest.fixture(autouse=True)
def a_fixed_day():
    with clock_set_to(TODAY):
        yield


@pytest.fixture
def file():
    return open_file("古茶树保护管理办法（送审稿）", clerk("lt", town()))


@pytest.fixture
def publication(file):
    return Publication.objects.create(
        file=file,
        copy=ReviewedCopy.objects.create(file=file, source_digest="0" * 64, rules_version="1", is_automatic=True),
        year=2026,
        serial=1,
        column="政策文件",
        organisation=file.organisation,
        title="龙潭镇古茶树保护管理办法",
        number="龙政规〔2026〕7号",
        text="禁止采伐古茶树。",
        has_validity=True,
        starts_on=TODAY - timedelta(days=10),
        published_on=TODAY - timedelta(days=20),
        published_at=now(),
        published_by=file.opened_by,
        digest="0" * 64,
    )


def test_a_publication_is_found_with_its_validity(publication):
    hit = search("禁止采伐", public=True).results[0]
    assert hit.plain_title == "龙潭镇古茶树保护管理办法"
    assert hit.effect == "in_force"
    assert hit.url == "/docs/2026/1/"


def test_the_working_title_of_the_file_is_not_published_with_it(publication):
    assert search("送审稿", public=True).total == 0


def test_a_repealed_publication_says_so_at_once(publication):
    publication.repealed_on = TODAY
    publication.save(update_fields=["repealed_on"])
    assert search("古茶树", public=True).results[0].effect == "repealed"


def test_a_publication_taken_down_is_not_found(publication):
    publication.taken_down_at, publication.take_down_reason = now(), "内容有误"
    publication.save(update_fields=["taken_down_at", "take_down_reason"])
    assert search("古茶树", public=True).total == 0


def test_a_consultation_is_found_until_it_is_withdrawn(file):
    consultation = PublicConsultation.objects.create(
        file=file,
        title="古茶树保护管理办法（征求意见稿）",
        summary="公开征求意见。",
        draft_text="禁止采伐古茶树。",
        notes_text="起草说明。",
        opened_on=TODAY,
        closes_on=TODAY + timedelta(days=30),
        minimum_end=TODAY + timedelta(days=7),
        rule_basis="征求意见期限规定",
        contact_unit="龙潭镇法制办公室",
        contact_phone="0000-6128000",
        opened_by=file.opened_by,
    )
    assert [hit.kind_label for hit in search("禁止采伐", public=True).results] == ["征求意见"]
    consultation.withdrawn_at, consultation.withdrawn_reason = now(), "稿件有误"
    consultation.save()
    assert search("禁止采伐", public=True).total == 0
