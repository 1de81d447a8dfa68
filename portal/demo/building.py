"""Building the demo: the county, then every app's part of its year."""

from contextlib import contextmanager
from datetime import date
from importlib import import_module

from django.apps import apps
from django.db import connection, transaction
from django.utils.module_loading import module_has_submodule

from portal.accounts.models import Person
from portal.casefiles.models import CaseFile
from portal.demo.county import World, build_county
from portal.search.signals import rebuilt_afterwards


def parts() -> list:
    """``build(world, today)`` of every app that has a ``demo``, in the order of the settings.

    A module with ``AFTER_OTHERS = True`` comes last: reports count what the others have put on file.
    """
    found = [
        import_module(f"{config.name}.demo")
        for config in apps.get_app_configs()
        if config.name != "portal.demo" and module_has_submodule(config.module, "demo")
    ]
    found.sort(key=lambda module: getattr(module, "AFTER_OTHERS", False))
    return [module.build for module in found]


def is_built() -> bool:
    return Person.objects.filter(is_demo=True).exists() and CaseFile.objects.exists()


def build(today: date, password: str) -> World | None:
    """Build everything relative to ``today``, in one transaction; ``None`` when it is there already."""
    with _all_or_nothing():
        if is_built():
            return None
        with rebuilt_afterwards():
            world = build_county(password)
            for part in parts():
                part(world, today)
    return world


@contextmanager
def _all_or_nothing():
    """One transaction in which nothing is taken back by halves, so that three thousand acts need no savepoint.

    An error that a step would otherwise survive ends the whole build.
    """
    had = connection.features.uses_savepoints
    with transaction.atomic():
        connection.features.uses_savepoints = False
        try:
            yield
        finally:
            connection.features.uses_savepoints = had
