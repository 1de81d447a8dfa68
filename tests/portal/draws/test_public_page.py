"""Everybody reads pool, seed and result; the pool from the moment it is fixed, and never a name."""

from django.test import Client
from django.urls import reverse

from tests.plans import statements_of
from tests.portal.draws.pools import drawn, frozen, side


def page(pool, name="draw"):
    return Client().get(reverse(f"draws:{name}", args=[pool.public_id]))


def test_the_pool_is_public_before_the_draw(world):
    pool = frozen(world)
    text = page(pool).content.decode()
    for shown in ("名册已固定，等待抽取", pool.pool_digest, "第 12 号报名", "名额 2 个，名册 5 个编号"):
        assert shown in text
    assert "种子</dt>" not in text


def test_the_result_is_public_with_every_digest_and_the_way_to_do_it_again(world):
    pool = drawn(world, side("商户", 1, 1, 3), side("居民", 2, 5))
    text = page(pool).content.decode()
    for shown in (pool.result.seed, "镇人大副主席", "sha256sum", "不用抽取，全部入选：第 5 号报名", "候补"):
        assert shown in text
    for place in pool.result.places.exclude(digest=""):
        assert place.digest in text


def test_no_name_and_no_reference_leaves_the_house(world):
    pool = drawn(world)
    for text in (page(pool).content.decode(), page(pool, "text").content.decode()):
        for hidden in ("吴桂芳", "内部7", world["lt_clerk"].full_name):
            assert hidden not in text


def test_page_and_text_are_kept_by_caches_and_set_no_cookie(world):
    pool = drawn(world)
    for answer in (page(pool), page(pool, "text")):
        assert "public" in answer["Cache-Control"]
        assert not answer.cookies
    assert page(pool, "text")["Content-Type"] == "text/plain; charset=utf-8"
    assert page(pool, "text").content.decode().count("\n结果\t") == 5


def test_a_draw_that_never_was_is_not_found(client, db):
    assert client.get("/draws/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_the_page_asks_as_often_for_many_lots_as_for_few(world):
    few, many = drawn(world, side("商户", 1, 1, 2)), drawn(world, *(side(f"方{n}", 2, *range(1, 40)) for n in range(5)))
    for name in ("draw", "text"):
        page(few, name)
        asked = [len(statements_of(lambda pool=pool, name=name: page(pool, name))[0]) for pool in (few, many)]
        assert asked[0] == asked[1] <= 4
