"""Numbers run without gap or double, also when twenty people press at once and some give up."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from portal.casefiles.models import NumberSequence
from portal.casefiles.numbering import allocate, document_number
from portal.demo.county import build_county
from tests.ground import PASSWORD


def test_numbers_start_at_one_and_run_per_year_and_organisation(world):
    assert [allocate(world.longtan, "test", 2026) for _ in range(3)] == [1, 2, 3]
    assert allocate(world.longtan, "test", 2027) == 1
    assert allocate(world.qinghe, "test", 2026) == 1


def test_a_number_that_is_rolled_back_is_given_again(world):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert allocate(world.longtan, "test", 2026) == 1
        raise ZeroDivisionError
    assert allocate(world.longtan, "test", 2026) == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_threads_get_twenty_numbers_without_gap():
    world = build_county(PASSWORD)

    def take(attempt):
        try:
            with transaction.atomic():
                number = allocate(world.longtan, "race", 2026)
                if attempt % 4 == 3:
                    raise ZeroDivisionError
                return number
        except ZeroDivisionError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        numbers = sorted(number for number in pool.map(take, range(40)) if number is not None)
    assert numbers == list(range(1, 31))
    assert NumberSequence.objects.get(series="race").last == 30


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_number_is_given():
    world = build_county(PASSWORD)
    with pytest.raises(TransactionManagementError):
        allocate(world.longtan, "test", 2026)


def test_document_numbers_have_hexagonal_brackets_and_no_padding():
    assert document_number("龙政规", 2026, 3) == "龙政规〔2026〕3号"
