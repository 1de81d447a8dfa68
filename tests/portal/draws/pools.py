"""A kind of draw for tests, and pools of it."""

from contextlib import contextmanager

from portal.draws.drawing import Entrant, Side, draw, freeze
from portal.draws.registry import draw_kind, forget

KIND = "test_draw"
WITNESS = {"spoken": "桂花", "witness_name": "吴桂芳", "witness_post": "镇人大副主席"}


@contextmanager
def declared_kind():
    """While it lasts, draws for tests are a kind of draw."""
    yield draw_kind(KIND, "专家")
    forget(KIND)


def side(name: str, places: int, *numbers: int) -> Side:
    return Side(name, places, tuple(Entrant(number, f"第 {number} 号报名", f"内部{number}") for number in numbers))


def frozen(world, *sides: Side, **fields):
    """A pool of 龙潭镇: 商户 with five lots for two places, unless other sides are given."""
    sides = sides or (side("商户", 2, 1, 3, 4, 7, 12),)
    facts = {"kind": KIND, "organisation": world.longtan, "purpose": "听证会参加人"} | fields
    return freeze(by=world["lt_clerk"], sides=sides, **facts)


def drawn(world, *sides: Side, **fields):
    """The same, drawn before a witness."""
    pool = frozen(world, *sides, **fields)
    draw(pool, by=world["lt_clerk"], **WITNESS)
    return pool
