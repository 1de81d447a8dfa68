"""The demo county as it stands on one fixed day: built once in a run, a copy of it for each process that asks."""

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import time_machine
from django.conf import settings
from django.db import connections
from django.test import override_settings

from portal.demo.building import build
from portal.demo.county import World, build_county
from portal.moment import SHANGHAI
from portal.supervisor import layout
from tests import database
from tests.ground import ground

DEMO_DAY = date(2026, 11, 22)
# Any number will do; it only has to be the same in all processes of a run.
BUILDING = 20_261_123


@dataclass(frozen=True)
class DemoCounty:
    """Where a process finds its copy. The files are shared: they are only read."""

    world: World
    database: str
    media: Path


def copy_for_this_process(password: str) -> DemoCounty:
    """A copy of the county, built first by whichever process of this run asks first; the others wait meanwhile."""
    built, media = _built(password)
    name = f"demo_{os.getpid()}"
    database.copy_template(built, name)
    with in_place(name, media):
        return DemoCounty(build_county(password), name, media)


def drop_of_this_run(run: int) -> None:
    """Remove what the run built. :param run: process that leads it."""
    database.drop(_name(run))
    shutil.rmtree(_files(run), ignore_errors=True)


@contextmanager
def in_place(database_name: str, media: Path):
    """The process on the demo's day, with the demo's database and files instead of the usual ones."""
    places = (settings.DATABASES["default"], connections["default"].settings_dict)
    usual = places[0]["NAME"]
    morning = datetime(DEMO_DAY.year, DEMO_DAY.month, DEMO_DAY.day, 9, tzinfo=SHANGHAI)
    _connect_to(places, database_name)
    try:
        with override_settings(MEDIA_ROOT=str(media)), time_machine.travel(morning, tick=False):
            yield
    finally:
        _connect_to(places, usual)


def _connect_to(places, name: str) -> None:
    ground.clear()
    connections["default"].close()
    for place in places:
        place["NAME"] = name


def _name(run: int) -> str:
    return f"demo_of_run_{run}"


def _files(run: int) -> Path:
    return layout.current().var / "demo-media" / str(run)


def _built(password: str) -> tuple[str, Path]:
    """The database and the files that the copies are taken from."""
    # A worker of pytest-xdist is a child of the process that leads the run.
    run = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    name, media = _name(run), _files(run)
    with database.maintenance() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [BUILDING])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            draft = f"{name}_unfinished"
            database.copy_template(settings.DATABASES["default"]["TEST"]["TEMPLATE"], draft)
            media.mkdir(parents=True, exist_ok=True)
            with in_place(draft, media):
                build(DEMO_DAY, password)
            database.rename(draft, name)
    return name, media
