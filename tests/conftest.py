"""Fixtures of all tests: the database and its roles, a media folder that vanishes, an empty cache.

Tests run as the portal does: with the rights of the web role, so a missing right shows here and not on a site.
What only the owner of the tables may do, a test does within `as_owner()`, in the same transaction.
"""

import gc
import os
from contextlib import closing, contextmanager
from functools import lru_cache

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management.commands import flush
from django.db import connection, connections

from portal.demo.county import build_county
from portal.documents.rendering import pdf
from portal.supervisor import layout
from tests import database, template
from tests.demo_county import copy_for_this_process, drop_of_this_run
from tests.ground import COMMITTING, PASSWORD, ground, scene_wanted

# Folders whose modules look at all workflows or all addresses.
LOOK_AT_EVERYTHING = {"tests", "workflows"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Modules without a database first, while the template is still being made; then the longest, then all others.

    Otherwise the order stays as it was shuffled, but within a module those that stand on the same ground go together.
    """
    turns, modules = {}, {path: place for place, path in enumerate(dict.fromkeys(item.path for item in items))}
    for item in items:
        turns[item.path] = max(turns.get(item.path, 0), _turn(item))
    items.sort(key=lambda item: (turns[item.path], modules[item.path], _ground_of(item)))


def _ground_of(item) -> tuple[bool, str]:
    build = scene_wanted(item)
    return "world" in item.fixturenames, build.__name__ if build else ""


def _turn(item) -> int:
    asks_the_database = item.get_closest_marker("django_db") or {"db", "django_db_setup"} & {*item.fixturenames}
    if not asks_the_database and "transactional_db" not in item.fixturenames:
        return 0
    if item.path.parent.name == "journeys":
        return 1
    return 2 if item.path.parent.name in LOOK_AT_EVERYTHING else 3


def pytest_collection_finish():
    """What lives until the end anyway is not searched for garbage again and again, and the rest less often.

    A test makes thousands of objects that are soon gone without any search.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """Give this process its own copy of the migrated template database, and remove it at the end."""
    original = template.migrated_template()
    name = f"test_{os.getpid()}"
    database.copy_template(original, name)
    for settings in (django_settings.DATABASES["default"], connections["default"].settings_dict):
        settings["NAME"] = name
        settings["TEST"]["TEMPLATE"] = original
    with pytest.MonkeyPatch.context() as patch:
        # What this signal writes lies in the template already, of which a flush restores a copy (tests/engine).
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_: None)
        yield
    with django_db_blocker.unblock():
        connections.close_all()
    database.drop(name)


@pytest.fixture(scope="session")
def scene_media(tmp_path_factory):
    return tmp_path_factory.mktemp("scene-media")


@pytest.fixture
def firm_ground(request, django_db_setup, django_db_blocker, scene_media):
    """The county and the scene that the test asks for, below the savepoint in which it runs."""
    marker = request.node.get_closest_marker("django_db")
    commits = COMMITTING & {*request.fixturenames} or (marker is not None and marker.kwargs.get("transaction"))
    with django_db_blocker.unblock():
        if commits:
            ground.clear()
        else:
            ground.prepare(request.node, scene_media)


@pytest.fixture
def _django_db_helper(firm_ground, _django_db_helper):
    return _django_db_helper


@pytest.fixture
def as_owner():
    """A context in which the test's own connection has the rights of the tables' owner.

    It stands for the person who tampers with the database from below: `with as_owner(): …`.
    """

    @contextmanager
    def acting_as_owner():
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {layout.OWNER_ROLE}")
        try:
            yield
        finally:
            # A refused statement has ended the transaction's usefulness; its rollback restores the role too.
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute(f"SET ROLE {layout.WEB_ROLE}")

    return acting_as_owner


@pytest.fixture
def web_role_connection(transactional_db):
    """A connection outside Django, signed in as the web role: plain SQL past all Python. Sees committed rows only."""
    with closing(database.connect(layout.WEB_ROLE, connection.settings_dict["NAME"])) as outside:
        yield outside


@pytest.fixture
def owner_connection(transactional_db):
    """A connection outside Django, signed in as the owner of the tables. Sees committed rows only."""
    with closing(database.connect(layout.OWNER_ROLE, connection.settings_dict["NAME"])) as outside:
        yield outside


@pytest.fixture(autouse=True)
def media_folder(request, settings, tmp_path, scene_media):
    """Uploaded files of a test go to its own folder, or lie beside those of its scene."""
    folder = scene_media if scene_wanted(request.node) else tmp_path / "media"
    settings.MEDIA_ROOT = str(folder)
    return folder


@pytest.fixture(scope="session", autouse=True)
def same_paper_is_set_once():
    """Walks to a stage write the same letters and public texts again and again; each is set once in a process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "render_together", lru_cache(maxsize=512)(pdf.render_together))
        yield


@pytest.fixture(autouse=True)
def empty_cache():
    """No test finds what another left in the cache, counters of rate limits among it."""
    cache.clear()


@pytest.fixture
def world(db):
    """云溪县 with its towns and people, without any file: `world["lt_clerk"]`, `world.longtan`."""
    return ground.county.copy() if ground.county is not None else build_county(PASSWORD)


@pytest.fixture(scope="session")
def demo_county(django_db_setup, django_db_blocker):
    """This process's copy of the demo county (`tests.demo_county`)."""
    with django_db_blocker.unblock():
        county = copy_for_this_process(PASSWORD)
    yield county
    database.drop(county.database)


def pytest_sessionfinish(session):
    if "PYTEST_XDIST_WORKER" not in os.environ:
        drop_of_this_run(os.getpid())


@pytest.fixture
def as_person(client, world):
    """A test client signed in as somebody: `as_person("lt_clerk").get(…)`."""

    def signed_in(username: str):
        client.force_login(world[username], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
