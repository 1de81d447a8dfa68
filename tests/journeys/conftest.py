"""A real browser against a real server, and a clock that both of them go by."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from portal.jobs import queue
from portal.moment import SHANGHAI, today
from tests import browser
from tests.demo_county import in_place
from tests.ground import PASSWORD, ground
from tests.journeys.desk import Desk

# A page that writes official paper takes seconds, and a busy machine several times as long.
PATIENCE = 60_000  # milliseconds
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(scope="package")
def chromium(django_db_blocker):
    """One browser for all journeys of this process.

    Playwright keeps an event loop in the thread of the tests, so Django takes every query there for one from
    asynchronous code; while the browser lives, and no longer, it is told that this is meant.
    """
    with django_db_blocker.unblock():
        ground.clear()  # its connection is out of reach inside the loop
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with browser.launched() as running:
            yield running
    # Inside Playwright's loop Django keeps connections of their own; the one from before the loop may have been cut off
    # meanwhile by a restored database.
    connections.close_all()


@pytest.fixture(scope="package", autouse=True)
def stylesheets_are_kept():
    """A browser keeps style sheets and scripts, as it does on a site, and doesn't ask for all eight at every page."""
    ten_years = 10 * 365 * 24 * 3600  # the clock of a test is often months away from the browser's
    serve = StaticFilesHandler.serve

    def serve_to_keep(handler, request):
        answer = serve(handler, request)
        answer["Cache-Control"] = f"max-age={ten_years}, immutable"
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", serve_to_keep)
        yield


@pytest.fixture
def browse(chromium):
    """Open windows: ``browse(width=320, javascript=False)``. No page may log an error or break the content policy."""
    contexts, complaints = [], []

    def open_window(width: int = 1280, height: int = 900, javascript: bool = True):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=javascript, locale="zh-CN"
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.extend(_complaint_of(message)))
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("response", lambda response: complaints.extend(_trouble_of(response)))
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


# That a page answered 409 or 422 is no error of the page: `_trouble_of` judges answers. Nor is a draft that was still
# being saved in the background when its page was left; htmx calls that an abort and reports a true failure besides.
HARMLESS = ("Failed to load resource", "htmx:afterRequest", "htmx:sendAbort")


def _complaint_of(message) -> list[str]:
    """Errors and warnings of a page."""
    if message.type not in ("error", "warning") or message.text.startswith(HARMLESS):
        return []
    return [f"{message.location.get('url')}: {message.text}"]


def _trouble_of(response) -> list[str]:
    """A server error, or anything a page needs that is missing."""
    is_page = response.request.resource_type == "document"
    if response.status >= 500 or (response.status >= 400 and not is_page):
        return [f"{response.url}: {response.status}"]
    return []


class Clock:
    """The one clock of server and test: it runs on from where it is set."""

    def __init__(self, traveller):
        self._traveller = traveller

    def go_to(self, day: date, hour: int = 9) -> None:
        self._traveller.move_to(datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI))

    def forward(self, days: int = 1) -> date:
        self.go_to(today() + timedelta(days=days))
        return today()


@pytest.fixture
def clock():
    """Time for the whole process, so that the server's threads see it too. It begins on a Monday.

    The passwords of `world` are made on that day, and run out 90 days later.
    """
    with time_machine.travel(datetime(2026, 7, 20, 9, tzinfo=SHANGHAI), tick=True) as traveller:
        yield Clock(traveller)


@pytest.fixture
def run_jobs():
    """Do the work that waits for a worker, here and now; there is none in the tests."""

    def work_off() -> int:
        done = [queue.run(pk) for pk in queue.waiting().values_list("pk", flat=True)]
        assert all(job.state == job.State.DONE for job in done if job), [job.message for job in done if job]
        return len(done)

    return work_off


@pytest.fixture
def desk(clock, browse, live_server, world):
    """A window on the site with the county as `world` builds it: ``desk()``, ``desk(javascript=False)``."""
    return lambda **window: Desk(browse(**window), live_server.url, PASSWORD)


# ── the demo county, which these tests only read ──


@dataclass
class DemoSite:
    url: str
    world: object
    sessions: dict[str, str] = field(default_factory=dict)

    def session_of(self, username: str) -> dict:
        """The cookie of a session, as the sign-in form would have left it."""
        if username not in self.sessions:
            client = Client()
            client.force_login(self.world[username], backend=MODEL_BACKEND)
            self.sessions[username] = client.cookies["sessionid"].value
        return {"name": "sessionid", "value": self.sessions[username], "url": self.url}


@pytest.fixture(scope="package")
def demo_server(chromium, demo_county):
    """A server of its own for the demo county."""
    server = LiveServer("localhost")
    yield DemoSite(server.url, demo_county.world)
    server.stop()


@pytest.fixture
def demo_site(demo_server, demo_county, media_folder, django_db_blocker):
    with django_db_blocker.unblock(), in_place(demo_county.database, demo_county.media):
        yield demo_server


@pytest.fixture
def visit(demo_site, browse):
    """A window on the demo: ``visit("lt_clerk", width=320)``, or nobody's: ``visit()``."""

    def open_for(username: str = "", **window):
        page = browse(**window)
        if username:
            page.context.add_cookies([demo_site.session_of(username)])
        return Desk(page, demo_site.url, PASSWORD)

    return open_for
