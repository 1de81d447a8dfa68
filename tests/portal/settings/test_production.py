"""Production settings start only when everything a real site needs is given, and then pass Django's own checks."""

import os
import runpy
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.supervisor.layout import PROJECT

COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "k3Jd-92mfQ_zzLpW7vTqYb1xNc84HsRg5eUoAi6tDwKyPjMnBh",
    "ALLOWED_HOSTS": "portal.example.gov.cn",
    "DATABASE_URL": "postgresql://portal_web:x@db:5432/portal",
    "REDIS_URL": "redis://cache:6379",
    "SITE_NAME": "云溪县法治政府建设平台",
    "SITE_IDENTIFIER": "1234567890",
    "SITE_ICP": "示例备12345678号",
    "SITE_POLICE_RECORD": "示例公网安备12345678901234号",
    "SITE_HOST_UNIT": "云溪县人民政府",
    "SITE_CONTACT": "0123-1234567",
}
REQUIRED = sorted(set(COMPLETE) - {"DJANGO_SETTINGS_MODULE"})


@pytest.fixture
def start(monkeypatch):
    """Read the production settings anew, with these changes to a complete environment; None takes a variable away."""

    def read(**changes):
        for name in list(os.environ):
            if name.startswith(("PORTAL_", "OWNER_")):
                monkeypatch.delenv(name)
        for name, value in {**COMPLETE, **changes}.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        for module in ("portal.settings.base", "portal.settings.production"):
            monkeypatch.delitem(sys.modules, module, raising=False)
        return runpy.run_module("portal.settings.production")

    return read


def test_a_complete_environment_starts(start):
    assert start()["SITE_NAME"] == "云溪县法治政府建设平台"


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_fact_stops_the_start_and_is_named(start, name):
    with pytest.raises(ImproperlyConfigured, match=name):
        start(**{name: None})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "django-insecure-" + "k3Jd-92mfQ" * 5),
        ("ALLOWED_HOSTS", "*"),
        ("SITE_IDENTIFIER", "12345"),
        ("DATABASE_URL", "sqlite:///portal.db"),
        ("REDIS_URL", "amqp://cache"),
        ("UPLOAD_MAX_BYTES", "50MB"),
        ("SECURE_SSL_REDIRECT", "maybe"),
    ],
)
def test_an_unfit_value_stops_the_start(start, name, value):
    with pytest.raises(ImproperlyConfigured, match=name):
        start(**{name: value})


def test_a_refusal_never_repeats_the_secret(start):
    with pytest.raises(ImproperlyConfigured) as refusal:
        start(SECRET_KEY="geheim-und-kurz")

    assert "geheim-und-kurz" not in str(refusal.value)


def test_migrations_need_the_owners_address(start):
    with pytest.raises(ImproperlyConfigured, match="OWNER_DATABASE_URL"):
        start(PORTAL_DB_ROLE="owner")


def test_migrations_run_as_the_owner(start):
    settings = start(PORTAL_DB_ROLE="owner", OWNER_DATABASE_URL="postgresql://portal_owner:x@db/portal")

    assert (settings["DATABASES"]["default"]["USER"], settings["WEB_ROLE"]) == ("portal_owner", "portal_web")


def test_the_web_server_need_not_know_the_owners_address(start):
    assert start()["DATABASES"]["default"]["USER"] == "portal_web"


def test_debug_cannot_be_switched_on(start):
    assert start(DEBUG="true")["DEBUG"] is False


def test_scripts_and_styles_come_from_the_site_alone(start):
    directives = start()["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]

    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]


@pytest.mark.parametrize(("process", "milliseconds"), [("web", 5_000), ("worker", 600_000)])
def test_a_statement_may_not_run_for_ever(start, process, milliseconds):
    options = start(PORTAL_PROCESS=process)["DATABASES"]["default"]["OPTIONS"]["options"]

    assert f"statement_timeout={milliseconds} " in options


def test_the_broker_waits_longer_than_the_longest_task(start):
    settings = start()

    assert settings["CELERY_BROKER_TRANSPORT_OPTIONS"]["visibility_timeout"] > settings["CELERY_TASK_TIME_LIMIT"]


@pytest.mark.full
def test_deployment_checks_find_nothing():
    """Against the tests' own servers: one of the checks looks for demo accounts."""
    servers = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}

    result = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=PROJECT,
        env={**os.environ, **COMPLETE, **servers},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stderr
