"""Pool, seed and result stay as they were: neither the web role nor the owner of the tables changes or adds a row."""

import pytest
from django.db import DatabaseError, connection, transaction

from portal.draws.models import Draw, DrawEntry, DrawGroup, DrawnPlace, DrawResult
from tests.portal.draws.pools import drawn, frozen

CHANGES = [
    (Draw, {"pool_digest": "0" * 64}),
    (Draw, {"pool_size": 99}),
    (DrawGroup, {"places": 5}),
    (DrawEntry, {"reference": "别人"}),
    (DrawResult, {"seed": "0-a"}),
    (DrawnPlace, {"rank": 1}),
]


@pytest.mark.parametrize(("model", "change"), CHANGES)
def test_no_row_is_changed_or_deleted(world, as_owner, model, change):
    drawn(world)
    for act in (lambda: model.objects.update(**change), lambda: model.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
        with as_owner(), pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            act()


def test_no_lot_and_no_group_is_added_to_a_pool(world):
    pool = frozen(world)
    group = pool.groups.get()
    for position in (0, 1, 6):
        with pytest.raises(DatabaseError), transaction.atomic():
            DrawEntry.objects.create(draw=pool, group=group, position=position, number=99, label="第 99 号报名")
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        DrawGroup.objects.create(draw=pool, order=2, name="后来的", places=1)


@pytest.mark.parametrize("model", [Draw, DrawGroup, DrawEntry, DrawResult, DrawnPlace])
def test_no_table_is_emptied(db, as_owner, model):
    with (
        as_owner(),
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f'TRUNCATE "{model._meta.db_table}" CASCADE')
