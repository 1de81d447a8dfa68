"""Whoever watches the portal learns whether it is up and whether it can work, and nothing an attacker could use."""

import json

import pytest
from django.db.migrations.recorder import MigrationRecorder

from portal.web.health import healthz, readyz

NOWHERE = "unix:///nowhere/at-all.sock"


def test_a_running_process_says_so_without_asking_anything(rf):
    answer = healthz(rf.get("/healthz"))

    assert (answer.status_code, json.loads(answer.content)) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_when_database_broker_and_schema_are(rf):
    answer = readyz(rf.get("/readyz"))

    assert answer.status_code == 200, answer.content
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_without_the_broker(rf, settings):
    settings.REDIS_URL = NOWHERE

    answer = readyz(rf.get("/readyz"))

    assert answer.status_code == 503
    assert json.loads(answer.content) == {
        "status": "unavailable",
        "database": True,
        "broker": False,
        "migrations": True,
    }
    assert b"nowhere" not in answer.content


@pytest.mark.django_db
def test_not_ready_before_the_migrations_ran(rf, as_owner):
    with as_owner():
        MigrationRecorder.Migration.objects.filter(app="organisations").delete()

    answer = readyz(rf.get("/readyz"))

    assert answer.status_code == 503
    assert json.loads(answer.content)["migrations"] is False


def test_health_is_asked_not_told(rf):
    assert healthz(rf.post("/healthz")).status_code == 405
    assert readyz(rf.post("/readyz")).status_code == 405
