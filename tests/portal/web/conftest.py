"""A real Chromium that asks the application directly: no port, no database."""

from mimetypes import guess_type
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests import browser

# Browsers trust localhost without TLS; elsewhere they complain of headers that only TLS makes good.
ADDRESS = "http://localhost"


@pytest.fixture(scope="module")
def chromium():
    with browser.launched() as running:
        yield running


def answer(route):
    """Hand a request of the browser to the application, static files to the finders."""
    address = urlsplit(route.request.url)
    if address.path.startswith("/static/"):
        found = Path(finders.find(address.path.removeprefix("/static/")))
        route.fulfill(body=found.read_bytes(), content_type=guess_type(found.name)[0])
        return
    client = Client()
    for cookie in route.request.frame.page.context.cookies(route.request.url):
        client.cookies[cookie["name"]] = cookie["value"]
    response = client.get(address.path, QUERY_STRING=address.query)
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    route.fulfill(status=response.status_code, headers=headers, body=response.content)


@pytest.fixture
def open_page(chromium):
    """Open an address at a width, with a display preference; what the console says is kept in ``page.said``."""
    contexts = []

    def open_at(path, *, width=1280, display="", javascript=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=javascript, locale="zh-CN"
        )
        contexts.append(context)
        if display:
            context.add_cookies([{"name": "display", "value": display, "url": ADDRESS}])
        page = context.new_page()
        page.said = []
        page.on("console", lambda line: page.said.append(line.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.route("**/*", answer)
        page.goto(ADDRESS + path)
        return page

    yield open_at
    for context in contexts:
        context.close()
