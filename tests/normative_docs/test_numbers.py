"""Every number of a series has a history: used, kept back, voided; none is missing and none is given twice."""

from datetime import date

import pytest
from django.urls import reverse

from normative_docs.numbers import DOCUMENTS, REGISTRATIONS
from normative_docs.switches import DOCUMENT_NUMBER
from portal.casefiles.models import ReservedNumber
from portal.casefiles.numbering import checked_pattern, numbers_of, reserve, take_reserved, void_reserved
from portal.moment import clock_set_to
from portal.organisations.models import PolicySetting
from tests.ground import made_once
from tests.normative_docs.scenarios import begin


@made_once
def signable(world):
    journey = begin(world)
    journey.walk("adopt")
    journey.workday()
    journey.prepare_signing()
    return journey


def states(series, body, year=2026):
    return [row["state"] for row in numbers_of(series, body, year)]


def test_a_number_kept_back_is_used_at_the_signature(signable):
    cast = signable.cast
    with signable.on():
        kept = reserve(cast.town, DOCUMENTS.code, 2026, reason="防汛通告", by=cast.head)
        reserve(cast.town, DOCUMENTS.code, 2026, reason="另一件", by=cast.head)
        signable._step("sign", cast.head, reserved_number=kept)
        assert signable.document.document_number == "龙政规〔2026〕1号"
        assert states(DOCUMENTS, cast.town) == ["used", "reserved"]


def test_a_kept_number_is_used_or_voided_once(world, signable):
    cast = signable.cast
    with signable.on():
        kept = reserve(cast.town, DOCUMENTS.code, 2026, reason="防汛通告", by=cast.head)
        void_reserved(kept, "不再制发", cast.head)
        with pytest.raises(ValueError, match="已被使用或者作废"):
            void_reserved(kept, "不再制发", cast.head)
        with pytest.raises(ValueError, match="已被使用或者作废"):
            take_reserved(kept, signable.document)
        assert states(DOCUMENTS, cast.town) == ["voided"]


def test_the_three_numbers_are_three_series(signable):
    with signable.on():
        signable._step("sign", signable.cast.head)
    document, county = signable.document, signable.cast.town.county()
    assert document.document_number == "龙政规〔2026〕1号"
    assert document.registration_number == "云溪县规登〔2026〕1号"
    with signable.on():
        assert states(REGISTRATIONS, county) == ["used"]


def test_the_region_chooses_the_form_of_a_number(world, signable):
    PolicySetting.objects.create(
        organisation=world.county, code=DOCUMENT_NUMBER.code, value="{mark}发〔{year}〕第{n}号",
        valid_from=date(2018, 1, 1), basis="测试", set_by_name="测试",
    )  # fmt: skip
    with signable.on():
        signable._step("sign", signable.cast.head)
        assert signable.document.document_number == "龙政规发〔2026〕第1号"
        assert numbers_of(DOCUMENTS, signable.cast.town, 2026)[0]["printed"] == "龙政规发〔2026〕第1号"


@pytest.mark.parametrize("typed", ["{mark}〔{year}〕", "{n}号", "{mark}{year}{n}{x}", "{mark}〔{year", "{year}{n}{"])
def test_a_form_that_would_give_doubles_or_nonsense_is_refused(typed):
    with pytest.raises(ValueError, match=r"缺少|不认识|花括号"):
        checked_pattern(typed)


def test_the_head_keeps_back_and_voids_on_the_page(as_person, world):
    with clock_set_to(date(2026, 5, 6)):
        head, page = as_person("lt_head"), reverse("office:numbers")
        assert head.post(page, {"reason": ""}).status_code == 422
        assert head.post(page, {"reason": "防汛通告"}).status_code == 302
        kept = ReservedNumber.objects.get()
        assert "龙政规〔2026〕1号" in head.get(page).content.decode()
        assert head.post(page, {"act": "void", "kept": kept.pk, "reason": "不再制发"}).status_code == 302
        assert "不再制发" in head.get(page).content.decode()
        assert head.post(page, {"act": "void", "kept": kept.pk, "reason": "再来"}).status_code == 409


def test_a_clerk_and_another_town_keep_no_numbers_here(as_person, world):
    with clock_set_to(date(2026, 5, 6)):
        kept = reserve(world.longtan, DOCUMENTS.code, 2026, reason="防汛通告", by=world["lt_head"])
        page = reverse("office:numbers")
        assert as_person("lt_clerk").get(page).status_code == 403
        assert as_person("qh_head").post(page, {"act": "void", "kept": kept.pk, "reason": "x"}).status_code == 404
