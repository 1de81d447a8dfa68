"""Our `migrate` renders less than Django's own, and makes the very same tables."""

import os
import subprocess
import sys
from contextlib import closing

import pytest
from django.db import connection, models
from django.db.migrations import AddField, AlterField, CreateModel, Migration
from django.db.migrations.state import ProjectState
from psycopg2 import sql

from portal.audit.management.commands.migrate import rendering_less
from portal.supervisor import layout
from tests import database, template

PLAIN = """
import django
django.setup()
from django.core.management import call_command
from django.core.management.commands.migrate import Command
call_command(Command(), interactive=False, skip_checks=True, verbosity=0)
"""
# Everything a migration makes, as the database itself spells it.
MADE = (
    "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns "
    "WHERE table_schema = 'public'",
    "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace",
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prolang <> 13",
    "SELECT app, name FROM django_migrations",
)


def made_in(name: str) -> list[list]:
    with closing(database.connect(layout.OWNER_ROLE, name)) as connection, connection.cursor() as cursor:
        found = []
        for question in MADE:
            cursor.execute(question)
            found.append(sorted(map(str, cursor.fetchall())))
        return found


@pytest.fixture
def empty_database():
    name = f"plain_{os.getpid()}"
    with database.maintenance() as cursor:
        cursor.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(layout.OWNER_ROLE))
        )
    yield name
    database.drop(name)


@pytest.mark.full
def test_it_makes_the_tables_that_djangos_own_makes(django_db_setup, empty_database):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "PORTAL_DB_ROLE": "owner",
        "OWNER_DATABASE_URL": layout.current().database_url(layout.OWNER_ROLE, empty_database),
    }
    subprocess.run([sys.executable, "-c", PLAIN], env=environment, cwd=layout.PROJECT, check=True)
    ours = made_in(template.template_name())
    assert all(ours)
    assert made_in(empty_database) == ours


class Growing(Migration):
    """A key that others point to changes its type, after both models were changed by themselves."""

    operations = [
        CreateModel("Town", [("id", models.SmallIntegerField(primary_key=True))]),
        CreateModel("Letter", [("id", models.AutoField(primary_key=True))]),
        AddField("Letter", "town", models.ForeignKey("growing.Town", models.PROTECT)),
        AddField("Town", "name", models.CharField(max_length=20, default="")),
        AlterField("Town", "id", models.BigIntegerField(primary_key=True)),
    ]


def test_a_key_that_changes_its_type_takes_along_whoever_points_to_it(db, as_owner):
    with as_owner(), rendering_less(), connection.schema_editor(atomic=False) as editor:
        state = ProjectState()
        assert state.apps  # rendered, as it is on the way through many migrations
        Growing("0001", "growing").apply(state, editor)
    with connection.cursor() as cursor:
        columns = {
            column.name: column for column in connection.introspection.get_table_description(cursor, "growing_letter")
        }
    assert (
        connection.introspection.get_field_type(columns["town_id"].type_code, columns["town_id"]) == "BigIntegerField"
    )
