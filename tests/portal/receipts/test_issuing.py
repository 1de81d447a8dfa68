"""A receipt has a number of its own and a code that only its holder knows."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from portal.audit.models import AuditEntry
from portal.moment import clock_set_to
from portal.organisations.models import Organisation
from portal.receipts.codes import ALPHABET, LENGTH, new_code
from portal.receipts.issue import find_receipt, issue_receipt, reissue_code
from portal.receipts.registry import StatusView, receipt_kind
from tests.portal.receipts.counter import KIND, hand_in, town

pytestmark = pytest.mark.django_db


def test_numbers_run_per_town_kind_and_year():
    with clock_set_to(date(2026, 10, 12)):
        assert hand_in()[0].number == "龙潭来件〔2026〕1号"
        assert hand_in()[0].number == "龙潭来件〔2026〕2号"
        assert hand_in(town("qinghe", "清河镇"))[0].number == "清河来件〔2026〕1号"
    with clock_set_to(date(2027, 1, 1)):
        assert hand_in()[0].number == "龙潭来件〔2027〕1号"


def test_an_office_counts_with_its_town():
    office = Organisation.objects.create(
        code="legal",
        name="龙潭镇法制办公室",
        short_name="法制办",
        level="office",
        kind="legal_office",
        region="yunxi",
        parent=town(),
    )
    with clock_set_to(date(2026, 10, 12)):
        assert hand_in()[0].number == "龙潭来件〔2026〕1号"
        receipt, _ = hand_in(office)
    assert receipt.number == "龙潭来件〔2026〕2号"
    assert receipt.organisation == office


def test_two_units_of_one_name_keep_their_rank_in_the_number():
    town("qinghe", "清河镇")
    with clock_set_to(date(2026, 10, 12)):
        assert hand_in(town("qinghe_street", "清河街道"))[0].number == "清河街道来件〔2026〕1号"


def test_a_rolled_back_submission_gives_its_number_back():
    number = hand_in()[0].number
    with transaction.atomic():
        hand_in()
        transaction.set_rollback(True)
    following = hand_in()[0].number
    assert int(following.split("〕")[1].rstrip("号")) == int(number.split("〕")[1].rstrip("号")) + 1


def test_a_code_has_eight_signs_that_cannot_be_mistaken():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)
    assert not set("0O1I") & set(ALPHABET)


def test_the_code_is_stored_nowhere():
    receipt, code = hand_in()
    stored = {str(getattr(receipt, field.attname)) for field in receipt._meta.concrete_fields}
    assert not any(code in value for value in stored)
    assert not AuditEntry.objects.filter(summary__contains=code).exists()


def test_number_and_code_open_it_together_only():
    receipt, code = hand_in()
    other, other_code = hand_in()
    assert find_receipt(receipt.number, code) == receipt
    assert find_receipt(receipt.number, other_code) is None
    assert find_receipt(other.number, code) is None
    assert find_receipt("龙潭来件〔2026〕999号", code) is None
    assert find_receipt("", "") is None


def test_a_code_stays_valid_when_the_secret_is_renewed(settings):
    receipt, code = hand_in()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the-secret-of-next-year"
    assert find_receipt(receipt.number, code) == receipt
    settings.SECRET_KEY_FALLBACKS = []
    assert find_receipt(receipt.number, code) is None


def test_a_lost_code_is_replaced_and_ends():
    receipt, code = hand_in()
    renewed = reissue_code(receipt, by=None)
    assert find_receipt(receipt.number, code) is None
    assert find_receipt(receipt.number, renewed) == receipt
    assert AuditEntry.objects.filter(verb="receipt.reissued").count() == 1


def test_one_thing_has_one_receipt():
    subject = uuid.uuid4()
    with transaction.atomic():
        issue_receipt(KIND, subject, town())
    with pytest.raises(IntegrityError), transaction.atomic():
        issue_receipt(KIND, subject, town())


def test_an_undeclared_kind_gives_no_receipt():
    with pytest.raises(LookupError):
        hand_in(kind="nothing")


def test_two_kinds_share_no_mark():
    with pytest.raises(ValueError, match="declared twice"):
        receipt_kind("other", "别的", mark="来件", describe=lambda receipt: StatusView("别的"))
