"""The browser of the tests: Chromium without its windows, in which pages behave as in any Chromium.

`chromium-headless-shell` is the engine alone. The whole browser, asked to run headless, builds a window with tabs and
menus for every context and takes about four times as long for a page.
"""

from contextlib import contextmanager

from playwright.sync_api import sync_playwright

EXECUTABLE = "/usr/bin/chromium-headless-shell"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@contextmanager
def launched():
    """A running browser, closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=SWITCHES)
        yield browser
        browser.close()
