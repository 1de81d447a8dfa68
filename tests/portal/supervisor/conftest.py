"""A folder for a portal of one's own, as short and as open as a checkout usually is."""

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal.supervisor import servers
from portal.supervisor.layout import Layout
from portal.supervisor.process import stop_all
from tests.portal.supervisor.running import variables_for

ADDRESSES = ("DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL", "PORT", "HOST", "PORTAL_VAR")


@contextmanager
def own_servers_only():
    """The tests themselves run on scratch servers; these here start their own."""
    with pytest.MonkeyPatch.context() as environment:
        for name in ADDRESSES:
            environment.delenv(name, raising=False)
        yield


@contextmanager
def portal_folder():
    """A folder for a portal, removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="portal-test-"))
    folder.chmod(0o755)
    try:
        yield Layout(folder / "var")
    finally:
        shutil.rmtree(Layout(folder / "var").shelter, ignore_errors=True)
        shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def no_servers_given():
    with own_servers_only():
        yield


@pytest.fixture
def layout():
    with portal_folder() as layout:
        yield layout


@pytest.fixture(scope="module")
def running():
    """Servers that are only asked: where they run. Started once for a module."""
    with own_servers_only(), portal_folder() as layout:
        processes = servers.start(layout)
        yield layout
        stop_all(processes, 5)


@pytest.fixture
def variables(layout):
    return variables_for(layout)
