"""A document lapses at 00:00 by its dates, everywhere at once; the daily round only records it and tells the town."""

from datetime import date, datetime

import pytest

from normative_docs.in_force import acts
from normative_docs.in_force.models import Lapse
from normative_docs.in_force.sweep import LAPSED, sweep
from normative_docs.in_force.tasks import sweep_lapsed
from portal.moment import SHANGHAI, clock_set_to
from portal.notifications.models import Notification
from tests.normative_docs.in_force.stories import address, existing

LAST = datetime(2029, 4, 30, 23, 59, 59, tzinfo=SHANGHAI)
FIRST = datetime(2029, 5, 1, 0, 0, 0, tzinfo=SHANGHAI)


def seen_by_all(client, document) -> dict:
    """What each surface says of it now."""
    page = client.get(address(document)).content.decode()
    listed = client.get("/docs/").content.decode()
    data = client.get("/docs/index.json").json()["records"][0]["effect"]
    found = client.get("/search/?q=集贸市场&effect=in_force").content.decode()
    day = client.get("/docs/index.csv")
    return {
        "title": "【已失效】集贸市场管理办法" in page,
        "list": "【已失效】集贸市场管理办法" in listed,
        "open data": data == "已失效",
        "csv": "已失效" in b"".join(day.streaming_content).decode(),
        "facet in force": address(document) not in found,
        "filter": "集贸市场管理办法" in client.get("/docs/?effect=lapsed").content.decode(),
    }


def test_at_midnight_every_surface_changes_and_nothing_is_gone(client, world):
    document = existing(world)
    with clock_set_to(LAST):
        assert seen_by_all(client, document) == dict.fromkeys(seen_by_all(client, document), False)
    with clock_set_to(FIRST):
        assert seen_by_all(client, document) == dict.fromkeys(seen_by_all(client, document), True)
        assert "每日清扫场地" in client.get(address(document)).content.decode()


def test_no_cache_keeps_a_page_past_midnight(client, world):
    document = existing(world)
    with clock_set_to(LAST):
        assert "max-age=1" in client.get(address(document))["Cache-Control"].split(", ")


def test_the_register_inside_and_the_interface_change_too(as_person, world):
    document = existing(world)
    client = as_person("lt_clerk")
    for moment, word in ((LAST, "有效"), (FIRST, "失效")):
        with clock_set_to(moment):
            answer = client.get(f"/api/v1/normative-documents/{document.public_id}/").json()
            assert answer["effect_label"] == word


def test_the_round_records_each_lapse_once_and_tells_the_town_once(world):
    document = existing(world)
    with clock_set_to(FIRST):
        assert (sweep_lapsed(), sweep_lapsed()) == (1, 0)
    assert Lapse.objects.get(document=document).lapsed_on == date(2029, 5, 1)
    assert document.audit_entries.filter(verb=LAPSED).count() == 1
    assert Notification.objects.filter(reader=world["lt_clerk"], subject__startswith="已失效").count() == 1


def test_missed_days_are_made_good(world):
    existing(world, number="龙政规〔2024〕1号", until=date(2026, 3, 1))
    existing(world, title="乙办法", number="龙政规〔2024〕2号", until=date(2026, 3, 9))
    assert sweep(date(2026, 3, 20)) == 2


@pytest.mark.parametrize("case", ["lapsed before it was registered", "ended by an act before"])
def test_what_did_not_lapse_here_is_no_news(world, case):
    if case == "ended by an act before":
        acts.repeal(existing(world), by=None, on=date(2026, 1, 1), reason="清理")
    else:
        existing(world, registered=date(2030, 1, 1))
    assert sweep(date(2030, 6, 1)) == 0
