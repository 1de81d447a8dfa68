"""What tests stand on: the county, and what a module adds to it, built once and not for each test.

Each process builds on its own database, within one transaction that is never committed. A test runs in a savepoint on
top and leaves nothing. On the ground stands the county (`world`), and on it at most one scene of a module:

    @made_once
    def done(world):          # a fixture; each test gets a copy of its own
        return lists.published(world)

Tests that ask for neither see an empty database, and so do those that commit.
"""

import pickle
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import override_settings

from portal.demo.county import build_county
from portal.moment import SHANGHAI, clock_set_to

PASSWORD = "云溪-Demo-2026"
COMMITTING = {"transactional_db", "live_server"}

_builders: dict[Callable, Callable] = {}


def made_once(build: Callable):
    """A fixture of what ``build(world)`` makes: made once for the tests of a module that ask for it.

    ``build`` sets the clock it needs itself; what it returns must be picklable.
    """

    @pytest.fixture
    def made(db, world):
        stands = ground.scene is not None and ground.scene.build is build
        return ground.scene.copy() if stands else build(world)

    _builders[_function_of(made)] = build
    return made


def _function_of(fixture) -> Callable:
    return fixture._get_wrapped_function()


def scene_wanted(item) -> Callable | None:
    """The builder of the scene that a test asks for."""
    for definitions in item._fixtureinfo.name2fixturedefs.values():
        if definitions[-1].func in _builders:
            return _builders[definitions[-1].func]
    return None


class _Layer:
    """Something built within a savepoint, of which each test gets its own copy."""

    def __init__(self, build: Callable, *arguments):
        self.build = build
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        self._kept = pickle.dumps(build(*arguments))

    def copy(self):
        return pickle.loads(self._kept)

    def take_away(self) -> None:
        transaction.set_rollback(True)
        self._atomic.__exit__(None, None, None)


class Ground:
    """The ground of one process. ``media`` is the folder of what a scene hands in."""

    def __init__(self):
        self.county: _Layer | None = None
        self.scene: _Layer | None = None
        self.media: Path | None = None
        self._module = self._connection = None

    def prepare(self, item, media: Path) -> None:
        """Make the ground as this test wants it."""
        build = scene_wanted(item)
        if self._connection is not connection.connection or self._module is not item.path:
            self.clear()
        self._module = item.path
        if self.scene is not None and self.scene.build is not build:
            self.scene.take_away()
            self.scene = None
        if "world" not in item.fixturenames:
            self.clear()
            return
        if self.county is None:
            # The county is of today, whatever day the tests of the module are about.
            with clock_set_to(datetime.now(SHANGHAI)):
                self.county = _Layer(lambda: build_county(PASSWORD))
            self._connection = connection.connection
        if build is not None and self.scene is None:
            self.media = media
            with override_settings(MEDIA_ROOT=str(media)):
                self.scene = _Layer(build, self.county.copy())

    def clear(self) -> None:
        """An empty database again: before a test that commits, and before the process turns to another database."""
        if self.county is not None and self._connection is connection.connection:
            for layer in (self.scene, self.county):
                if layer is not None:
                    layer.take_away()
        self.county = self.scene = self._connection = None


ground = Ground()


@contextmanager
def a_place_of_its_own(folder):
    """A transaction that belongs to a module, for what it builds by itself; undone at the end, papers in ``folder``."""
    ground.clear()
    with override_settings(MEDIA_ROOT=str(folder)), transaction.atomic():
        yield
        ground.clear()  # what a test of the module that asked for another county left standing on it
        transaction.set_rollback(True)
    connection.close()
