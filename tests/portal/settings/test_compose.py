"""The production shape: the compose file is whole, and the commands its services name exist and accept their words.

No container engine is at hand, so images are not built here; commands run in the tests' own environment.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from portal.supervisor.layout import PROJECT

COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
DOCKERFILE = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
EXAMPLE = (PROJECT / ".env.example").read_text(encoding="utf-8")

PASSWORDS = {"POSTGRES_PASSWORD", "OWNER_PASSWORD", "WEB_PASSWORD", "REDIS_PASSWORD"}
# Where a programme only runs for ever, the word that makes it check its arguments and end.
ENDS_WITH = {"gunicorn": "--check-config", "celery": "--help"}


def run(words):
    """Run words as the container would: programmes of the Python environment first."""
    folder = Path(sys.executable).parent
    programme = {"python": sys.executable}.get(words[0], str(folder / words[0]))
    if not Path(programme).exists():
        programme = shutil.which(words[0]) or words[0]
    return subprocess.run(
        [programme, *words[1:]],
        cwd=PROJECT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_all_roles_run_from_one_image():
    assert {SERVICES[name]["image"] for name in OURS} == {"township-rule-of-law-portal"}


@pytest.mark.parametrize("name", ["web", "worker", "beat", "postgres", "redis"])
def test_every_lasting_service_has_a_health_check_and_comes_back(name):
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", OURS)
def test_our_services_have_no_more_rights_than_they_need(name):
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert SERVICES[name]["read_only"] is True
    assert re.search(r"^USER portal$", DOCKERFILE, re.MULTILINE)


def test_only_the_migration_knows_the_owner_of_the_tables():
    assert [name for name in OURS if "OWNER_DATABASE_URL" in SERVICES[name]["environment"]] == ["migrate"]


def test_only_the_web_server_is_reachable_and_only_from_the_machine_itself():
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert ports == {"web": ["127.0.0.1:8000:8000"]}


def test_every_volume_is_declared():
    used = {entry.split(":")[0] for service in SERVICES.values() for entry in service.get("volumes", ())}
    named = {entry for entry in used if not entry.startswith(".")}

    assert named == set(COMPOSE["volumes"])
    assert all((PROJECT / entry).exists() for entry in used - named)


def test_every_variable_is_in_the_example():
    used = set(re.findall(r"\$\{([A-Z_]+)", (PROJECT / "docker-compose.yml").read_text(encoding="utf-8")))
    known = set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE))

    assert used - known == PASSWORDS


def test_every_variable_that_the_programme_reads_is_in_the_example():
    reading = re.compile(r'(?:env_\w+\(\s*|environ\.get\(|environ\[|_VARIABLE = )"([A-Z_]+)"')
    read = set()
    for path in (path for room in ("portal", "decisions", "normative_docs") for path in (PROJECT / room).rglob("*.py")):
        read |= set(reading.findall(path.read_text(encoding="utf-8")))

    assert {"PORT", "SECRET_KEY", "DEMO_PASSWORD", "PAPER_FONT_DIRECTORIES"} <= read
    assert read <= set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE))


@pytest.mark.full
@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_the_commands_of_the_services_are_accepted(name):
    words = SERVICES[name]["command"]

    result = run([*words, ENDS_WITH[words[0]]])

    assert result.returncode == 0, result.stderr


@pytest.mark.full
def test_the_image_starts_the_web_server_by_itself():
    (written,) = re.findall(r"^CMD (\[.*?\])$", DOCKERFILE.replace("\\\n", ""), re.MULTILINE)

    assert run([*yaml.safe_load(written), "--check-config"]).returncode == 0


@pytest.mark.full
def test_the_steps_of_the_migration_are_known_commands():
    steps = SERVICES["migrate"]["command"][-1].split("&&")

    assert [shlex.split(step)[2] for step in steps] == ["migrate", "grant_web_role", "check"]
    for step in steps:
        assert run([*shlex.split(step), "--help"]).returncode == 0


def test_scripts_inside_the_files_are_sound():
    for name in ("web", "beat"):
        compile(SERVICES[name]["healthcheck"]["test"][-1], name, "exec")
    assert run(["sh", "-n", "docs/operators/create-roles.sh"]).returncode == 0
    assert run(["sh", "-n", "bin/portal"]).returncode == 0
    assert run(["sh", "-n", ".ci/run"]).returncode == 0
