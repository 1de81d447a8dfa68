"""The public search, the public list and the register over 100,000 documents, beside the same SQL without Django.

Times are only printed, as ratios of medians taken in turn in one run: they hold on other machines, milliseconds
do not. What is asserted is that no plan of a public page reads a large table from end to end.
"""

import os
import sys
import time
from contextlib import closing
from statistics import median

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from portal.demo.county import build_county
from portal.supervisor import layout
from tests import database
from tests.bulk import EVERY_THOUSANDTH, load_documents
from tests.ground import PASSWORD
from tests.plans import scanned, statements_of

DOCUMENTS = int(os.environ.get("BENCH_DOCUMENTS", "100000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "15"))
PAGES = {
    "search: a word in every document (管理)": ("", "/search/?q=管理"),
    "search: a word in one of a thousand": ("", f"/search/?q={EVERY_THOUSANDTH}"),
    "search: two words (停车 补贴)": ("", "/search/?q=停车 补贴"),
    "search: two characters inside words (设施)": ("", "/search/?q=设施"),
    "search: nothing found": ("", "/search/?q=量子通信卫星"),
    "public list": ("", "/docs/"),
    "public list of one town and year": ("", "/docs/?organisation=longtan&year=2020"),
    "list in force on a day": ("", "/docs/at/2020-06-01/"),
    "list in force on an early day": ("", "/docs/at/2016-01-05/"),
    "list in force on a day of one town": ("", "/docs/at/2020-06-01/?organisation=longtan"),
    "register of a town": ("lt_clerk", "/staff/registers/normative_docs/"),
}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The county with its documents, committed, in the database that is dropped at the end."""
    with django_db_blocker.unblock():
        world = build_county(PASSWORD)
        towns = [world.longtan, world.qinghe, world.baishi, world.dongcheng]
        began = time.perf_counter()
        owner_here = database.connect(layout.OWNER_ROLE, connection.settings_dict["NAME"])
        with closing(owner_here) as owner, owner, owner.cursor() as cursor:
            load_documents(cursor, DOCUMENTS, towns, world["lt_clerk"])
        say(f"{DOCUMENTS} documents loaded in {time.perf_counter() - began:.0f} s")
        yield world


def client_of(world, username: str) -> Client:
    client = Client()
    if username:
        client.force_login(world[username], backend="django.contrib.auth.backends.ModelBackend")
    return client


def say(line: str) -> None:
    sys.stdout.write(f"\n{line}")
    sys.stdout.flush()


def timed(act) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def test_pages_beside_the_same_sql_alone(loaded):
    say("| page | queries | bytes | page ÷ same SQL | plan |\n| --- | ---: | ---: | ---: | --- |")
    scans = []
    with closing(database.connect(layout.WEB_ROLE, connection.settings_dict["NAME"])) as raw:
        for name, (username, path) in PAGES.items():
            client = client_of(loaded, username)

            def page(client=client, path=path):
                cache.clear()
                return client.get(path)

            page()
            statements, answer = statements_of(page)
            assert answer.status_code == 200
            reading = [one for one in statements if one.lstrip().startswith(("SELECT", "WITH"))]

            def alone(reading=reading):
                with raw, raw.cursor() as cursor:
                    for one in reading:
                        cursor.execute(one)
                        cursor.fetchall()

            alone()
            pages, floors = [], []
            for _ in range(ROUNDS):
                pages.append(timed(page))
                floors.append(timed(alone))
            ratio = median(pages) / median(floors)
            with raw, raw.cursor() as cursor:
                found = scanned(cursor, reading)
            plan = f"{len(found)} scans" if found else "by index"
            say(f"| {name} | {len(statements)} | {len(answer.content)} | {ratio:.1f} | {plan} |")
            scans += [] if username else found
    assert not scans, "\n".join(scans)
