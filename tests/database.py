"""The scratch server of the tests: connections to it, and fresh copies of the template database."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
from psycopg2 import sql

from portal.supervisor import layout


def connect(role: str, database: str):
    """Return a psycopg2 connection to the scratch server; the caller closes it."""
    return psycopg2.connect(layout.current().database_url(role, database))


@contextmanager
def maintenance() -> Iterator:
    """A cursor of the cluster's superuser, outside of transactions, as CREATE DATABASE wants it."""
    with closing(connect(layout.SUPERUSER, "postgres")) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor


def copy_template(template: str, name: str) -> None:
    """Replace the database `name`, whoever is connected to it, by a fresh copy of the template."""
    with maintenance() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        cursor.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
                sql.Identifier(name), sql.Identifier(template), sql.Identifier(layout.OWNER_ROLE)
            )
        )


def drop(name: str) -> None:
    with maintenance() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def rename(name: str, new_name: str) -> None:
    with maintenance() as cursor:
        cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new_name)))
