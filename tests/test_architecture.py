"""What import-linter can't see: shapes, registries and rules of the house."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[1]
CODE = [path for top in ("portal", "normative_docs") for path in sorted((ROOT / top).rglob("*.py"))]
PRODUCT = [path for path in CODE if "migrations" not in path.parts]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
# Plain modules and packages beside the rooms: the project package's own furniture.
FURNITURE = {"settings", "supervisor"}


def _floors() -> set[str]:
    layers = CONTRACTS[0]["layers"]
    return {name.strip() for layer in layers for name in layer.split("|")}


def test_every_room_stands_on_a_floor():
    packages = {path.name for path in (ROOT / "portal").iterdir() if (path / "__init__.py").exists()} - FURNITURE
    assert {f"portal.{name}" for name in packages} <= _floors()


def test_no_migration_of_the_portal_depends_on_a_workflow_app():
    for path in CODE:
        if "migrations" in path.parts and path.parts[-4] == "portal":
            assert '("normative_docs"' not in path.read_text(), path


def test_no_module_is_called_utils_or_helpers():
    names = {path.stem for path in PRODUCT}
    assert not names & {"utils", "util", "helpers", "helper", "common", "misc", "base_utils", "tools", "core"}


@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_grows_beyond_five_hundred_lines(path):
    assert len(path.read_text().splitlines()) <= 500


def test_only_perform_writes_a_stage():
    writers = [
        str(path.relative_to(ROOT))
        for path in PRODUCT
        if re.search(r"\.stage\s*=[^=]|update\([^)]*\bstage\s*=", path.read_text())
    ]
    assert writers == ["portal/workflow/perform.py"]


def test_the_audit_room_never_deletes():
    for path in (ROOT / "portal" / "audit").rglob("*.py"):
        assert ".delete(" not in path.read_text(), path


def test_every_public_function_of_the_engine_says_what_it_is_for():
    rooms = ("workflow", "deadlines", "audit", "casefiles", "accounts", "organisations", "oversight", "publishing")
    silent = []
    for room in rooms:
        for path in (ROOT / "portal" / room).glob("*.py"):
            for node in ast.parse(path.read_text()).body:
                public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not node.decorator_list
                if public and ast.get_docstring(node) is None and len(node.body) > 4:
                    silent.append(f"{room}/{path.name}:{node.name}")
    assert silent == []


def test_every_model_is_named_in_chinese():
    ours = [model for model in apps.get_models() if model.__module__.startswith(("portal.", "normative_docs."))]
    for model in ours:
        if not model.__name__.endswith("Event"):
            assert re.search(r"[一-鿿]", str(model._meta.verbose_name)), model


def test_dates_are_taken_from_the_one_clock():
    """Acts and sweeps ask ``portal.moment``. Facts of the machine (heartbeats, sessions) are real time on purpose."""
    real_time = {
        "portal/moment.py",
        "portal/jobs/queue.py",
        "portal/web/office/health.py",
        "portal/accounts/middleware.py",
        "portal/accounts/passwords.py",
        "portal/accounts/sessions.py",
        "portal/accounts/views.py",
    }
    asks_the_machine = re.compile(r"date\.today\(\)|datetime\.now\(|timezone\.now\(|timezone\.localdate\(")
    found = {str(path.relative_to(ROOT)) for path in PRODUCT if asks_the_machine.search(path.read_text())}
    assert {name for name in found if not name.startswith(("portal/supervisor", "portal/settings"))} == real_time
