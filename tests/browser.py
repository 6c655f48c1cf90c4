"""The browser that pages are tried in: one that is installed, else Playwright's own.

`python tests/browser.py` says which one opens, or why none does.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserType

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OWN = "Playwright's own"
NEEDED = "To try them: pip install '.[browser]', and then: playwright install chromium"


class NoBrowser(Exception):
    """Why no browser opens."""


@contextmanager
def opened() -> Iterator[Browser]:
    """A browser without a screen. Raises NoBrowser where none opens, or axe is not there."""
    try:
        from axe_playwright_python import sync_playwright as _  # noqa: F401
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise NoBrowser(str(error)) from error
    with sync_playwright() as playwright:
        browser = _launched(playwright.chromium)
        try:
            yield browser
        finally:
            browser.close()


def _launched(chromium: BrowserType) -> Browser:
    """The first that opens and draws, of those that are installed and Playwright's own."""
    from playwright.sync_api import Error

    installed = [path for name in NAMES if (path := shutil.which(name))]
    reasons = []
    for path in (*installed, None):
        try:
            # Inside a container a browser's own sandbox cannot be made.
            browser = chromium.launch(executable_path=path, chromium_sandbox=False, timeout=60_000)
            if _draws(browser):
                return browser
            browser.close()
            reasons.append(f"{path or OWN} has no font to write with")
        except Error as error:
            reasons.append(str(error).splitlines()[0])
    raise NoBrowser("; ".join(reasons))


def _draws(browser: Browser) -> bool:
    """Whether a letter takes up room: of those that do not, axe sees no contrast."""
    page = browser.new_page()
    page.set_content("<span>A</span>")
    width = page.evaluate("document.querySelector('span').getBoundingClientRect().width")
    page.close()
    return bool(width)


if __name__ == "__main__":
    try:
        with opened() as browser:
            print(f"Chromium {browser.version} opens.")
    except NoBrowser as error:
        sys.exit(f"No browser opens: {error}")
