"""A folder for a portal of one's own, as short and as open as a checkout usually is."""

import shutil
import tempfile
from pathlib import Path

import pytest

from portal.supervisor.layout import Layout
from tests.portal.supervisor.running import variables_for

ADDRESSES = ("DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL", "PORT", "HOST", "PORTAL_VAR")


@pytest.fixture(autouse=True)
def no_servers_given(monkeypatch):
    """The tests themselves run on scratch servers; these here start their own."""
    for name in ADDRESSES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def layout():
    folder = Path(tempfile.mkdtemp(prefix="portal-test-"))
    folder.chmod(0o755)
    yield Layout(folder / "var")
    shutil.rmtree(Layout(folder / "var").shelter, ignore_errors=True)
    shutil.rmtree(folder)


@pytest.fixture
def variables(layout):
    return variables_for(layout)
