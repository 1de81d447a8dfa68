"""The embedded servers start anywhere, keep what was committed, and refuse data they do not understand."""

import os
import signal
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
import redis

from portal.supervisor import servers
from portal.supervisor.layout import LONGEST_SOCKET_FOLDER, OWNER_ROLE, WEB_ROLE, Layout
from portal.supervisor.process import stop_all
from portal.supervisor.trouble import Trouble


def ask(layout, statement, role=OWNER_ROLE):
    with closing(psycopg2.connect(layout.database_url(role))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None


def named(processes, name):
    return next(process for process in processes if process.name == name)


def test_text_search_sees_chinese_letters(running):
    ask(running, "CREATE EXTENSION pg_trgm")

    ((trigrams,),) = ask(running, "SELECT show_trgm('防汛应急')")

    assert trigrams


def test_neither_portal_role_is_a_superuser(running):
    rows = ask(running, f"SELECT rolsuper FROM pg_roles WHERE rolname IN ('{OWNER_ROLE}', '{WEB_ROLE}')")

    assert rows == [(False,), (False,)]


def test_the_web_role_cannot_make_tables(running):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(running, "CREATE TABLE mine (id int)", role=WEB_ROLE)


def test_the_database_cannot_be_reached_by_network(running):
    assert ask(running, "SHOW listen_addresses") == [("",)]


def test_sockets_are_closed_to_other_users(running):
    assert running.run.stat().st_mode & 0o077 == 0


def test_what_was_committed_survives_a_killed_database(layout):
    processes = servers.start(layout)
    try:
        ask(layout, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
        os.kill(named(processes, "PostgreSQL").child.pid, signal.SIGKILL)
    finally:
        for process in processes:
            process.sweep()

    processes = servers.start(layout)
    try:
        assert ask(layout, "SELECT count(*) FROM kept") == [(1000,)]
    finally:
        stop_all(processes, 5)


def test_an_orphaned_server_is_replaced(layout):
    """After kill -9 of the supervisor its database may still be there when the next start comes."""
    orphans = servers.start(layout)
    processes = servers.start(layout)
    try:
        assert ask(layout, "SELECT 1") == [(1,)]
        assert named(orphans, "PostgreSQL").wait(5)
    finally:
        stop_all([*orphans, *processes], 5)


@pytest.mark.full
def test_the_queue_survives_an_orderly_stop(layout):
    for expected in (None, b"kept"):
        processes = servers.start(layout)
        try:
            with redis.Redis.from_url(layout.redis_url) as client:
                assert client.get("note") == expected
                client.set("note", "kept")
        finally:
            stop_all(processes, 5)


@pytest.mark.full
def test_data_of_another_version_is_refused_and_left_alone(layout):
    stop_all(servers.start(layout), 5)
    version = layout.postgres_data / "PG_VERSION"
    version.write_text("12\n", encoding="ascii")

    with pytest.raises(Trouble, match="PG_BIN"):
        servers.start(layout)

    assert version.read_text(encoding="ascii") == "12\n"


@pytest.mark.full
def test_a_deep_folder_gets_a_short_socket_path(layout):
    deep = Layout(layout.var / ("深" * 30))

    assert len(os.fsencode(deep.run)) <= LONGEST_SOCKET_FOLDER
    assert deep.run.is_relative_to(tempfile.gettempdir())
    assert deep.run == Layout(deep.var).run
    assert deep.run != Layout(layout.var / ("浅" * 30)).run


@pytest.mark.full
def test_servers_start_below_a_folder_closed_to_all_others(layout):
    """As in a root user's home: PostgreSQL refuses root, and `nobody` may not enter."""
    layout.var.parent.chmod(0o700)

    processes = servers.start(layout)
    try:
        assert ask(layout, "SELECT 1") == [(1,)]
    finally:
        stop_all(processes, 5)


@pytest.mark.full
def test_servers_start_there_even_where_namespaces_are_forbidden(layout, monkeypatch, tmp_path):
    """As in a container: the files then lie in a folder that `nobody` may enter."""
    layout.var.parent.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))

    for _ in range(2):
        processes = servers.start(layout)
        try:
            assert ask(layout, "SELECT 1") == [(1,)]
        finally:
            stop_all(processes, 5)


def test_postgresql_can_be_chosen(layout, monkeypatch, tmp_path):
    monkeypatch.setenv("PG_BIN", str(tmp_path))

    with pytest.raises(Trouble, match="postgres"):
        servers.start(layout)


def test_a_given_server_is_not_replaced_by_an_embedded_one(layout, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://portal_web@db/portal")
    monkeypatch.setenv("REDIS_URL", "redis://cache:6379")

    assert servers.start(layout) == []
    assert servers.environment(layout)["DATABASE_URL"] == "postgresql://portal_web@db/portal"
    assert not Path(layout.postgres_data).exists()
