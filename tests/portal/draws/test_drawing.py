"""First the pool is fixed, then it is drawn before a witness, once; what comes out follows from pool and seed alone."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from threading import Barrier

import pytest
from django.db import connection

from portal.audit.models import AuditEntry
from portal.draws.drawing import DrawRefused, draw
from portal.draws.models import Draw, DrawResult
from tests.portal.draws.pools import WITNESS, drawn, frozen, side


def results(pool, name="商户"):
    places = pool.result.places.filter(entry__group__name=name).order_by("rank")
    return list(places.values_list("entry__number", "outcome", "digest"))


def test_the_order_is_that_of_the_digests_of_seed_group_and_number(world):
    pool = drawn(world)
    seed = pool.result.seed
    expected = sorted((sha256(f"{seed}:1:{number}".encode()).hexdigest(), number) for number in (1, 3, 4, 7, 12))
    assert results(pool) == [
        (number, "drawn" if rank < 2 else "reserve", digest) for rank, (digest, number) in enumerate(expected)
    ]


def test_the_seed_is_128_random_bits_and_the_word_of_the_witness(world):
    first, second = drawn(world).result, drawn(world).result
    assert first.seed == f"{first.system_part}-桂花"
    assert len(bytes.fromhex(first.system_part)) == 16
    assert first.system_part != second.system_part


def test_each_group_has_its_own_order_and_its_own_places(world):
    pool = drawn(world, side("商户", 1, 1, 2, 3), side("居民", 2, 4, 5, 6))
    assert [outcome for _, outcome, _ in results(pool)] == ["drawn", "reserve", "reserve"]
    assert [outcome for _, outcome, _ in results(pool, "居民")] == ["drawn", "drawn", "reserve"]


def test_a_group_without_more_lots_than_places_is_filled_and_not_drawn(world):
    pool = drawn(world, side("商户", 1, 1, 2), side("居民", 2, 9, 4), side("专家", 1))
    assert results(pool, "居民") == [(4, "filled", ""), (9, "filled", "")]
    assert results(pool, "专家") == []


def test_the_pool_is_put_in_the_order_of_its_numbers_and_has_a_digest_before_it_is_drawn(world):
    pool = frozen(world, side("商户", 1, 7, 2, 5))
    lines = "组别\t1\t1\t商户\n名册\t1\t2\t第 2 号报名\n名册\t1\t5\t第 5 号报名\n名册\t1\t7\t第 7 号报名\n"
    assert pool.pool_digest == sha256(lines.encode()).hexdigest()
    assert not pool.is_drawn


@pytest.mark.parametrize(
    ("sides", "words"),
    [
        ((side("商户", 3, 1, 2, 3),), "不用抽取"),
        ((), "不用抽取"),
        ((side("商户", 0, 1),), "至少是 1 个"),
        ((side("商户", 1, 1, 1),), "重复的编号"),
    ],
)
def test_a_pool_that_is_none_is_not_fixed(world, sides, words):
    with pytest.raises(DrawRefused, match=words):
        frozen(world, *(sides or (side("居民", 1),)))
    assert Draw.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"spoken": ""}, "spoken"),
        ({"spoken": "桂 花"}, "spoken"),
        ({"spoken": "'; rm"}, "spoken"),
        ({"witness_name": " "}, "witness_name"),
        ({"witness_post": ""}, "witness_post"),
    ],
)
def test_without_witness_or_a_word_that_can_be_typed_again_nothing_is_drawn(world, changes, field):
    with pytest.raises(DrawRefused) as refused:
        draw(frozen(world), by=world["lt_clerk"], **WITNESS | changes)
    assert refused.value.field == field
    assert DrawResult.objects.count() == 0


def test_full_width_digits_are_written_as_anybody_types_them(world):
    pool = frozen(world)
    assert draw(pool, by=world["lt_clerk"], **WITNESS | {"spoken": "２０２６ "}).spoken == "2026"


def test_a_draw_happens_once(world):
    pool = drawn(world)
    before = results(pool)
    with pytest.raises(DrawRefused, match="已经抽取过"):
        draw(pool, by=world["lt_head"], **WITNESS)
    assert results(Draw.objects.get()) == before


def test_both_acts_are_on_record_with_pool_and_seed(world):
    pool = drawn(world)
    entries = AuditEntry.objects.filter(verb__startswith="draw.").order_by("id")
    assert [entry.verb for entry in entries] == ["draw.frozen", "draw.drawn"]
    assert entries[1].payload == {
        "draw": str(pool.public_id), "pool": pool.pool_digest, "seed": pool.result.seed,
    }  # fmt: skip
    assert entries[1].chain == f"org:{world.longtan.pk}"


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_at_once_one_draws_and_the_other_is_told(world):
    pool, start = frozen(world), Barrier(2)

    def run(username):
        try:
            start.wait(timeout=10)
            return draw(Draw.objects.get(pk=pool.pk), by=world[username], **WITNESS).seed
        except DrawRefused as refusal:
            return refusal.message
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pair:
        given = list(pair.map(run, ("lt_clerk", "lt_head")))
    result = DrawResult.objects.get()
    assert sorted(given) == sorted([result.seed, "已经抽取过了。一次抽取只有一个结果，请查看公开页面。"])
    assert result.places.count() == 5
