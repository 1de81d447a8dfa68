"""The town of `tests.matrix`, built once for all tests of a module, and how these ask for its pages.

A module names its fixtures: `scene = built_once()`, `media_folder = papers_of_the_scene()`.
"""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from portal.demo.county import build_county
from portal.moment import clock_set_to
from tests import matrix
from tests.ground import PASSWORD, a_place_of_its_own


def built_once(build=matrix.build):
    """A module's fixture with the scene: built within one transaction, and all of it undone at the end.

    :param build: takes the world and gives the scene; the town of the matrix unless told otherwise.
    """

    @pytest.fixture(scope="module")
    def scene(django_db_setup, django_db_blocker, tmp_path_factory):
        folder = str(tmp_path_factory.mktemp("media"))
        with django_db_blocker.unblock(), a_place_of_its_own(folder):
            built = build(build_county(PASSWORD))
            built.media = folder
            with clock_set_to(matrix.noon()):
                yield built

    return scene


def papers_of_the_scene():
    """A module's fixture: the papers of the scene, not a folder of each test's own."""

    @pytest.fixture(autouse=True)
    def media_folder(scene, settings):
        settings.MEDIA_ROOT = scene.media

    return media_folder


def signed_in(scene, username: str | None) -> Client:
    """A browser of this person; a failing page answers 500 instead of raising."""
    client = Client(raise_request_exception=False)
    if username is not None:
        client.force_login(scene.world[username], backend="django.contrib.auth.backends.ModelBackend")
    return client


def ask(client: Client, method: str, path: str, **data):
    """One request as the first of its minute; a failure does not spoil the transaction for the next one."""
    cache.clear()
    with transaction.atomic():
        response = getattr(client, method.lower())(path, data or None)
        if response.status_code >= 500 or connection.needs_rollback:
            transaction.set_rollback(True)
    return response
