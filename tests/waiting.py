"""How long a test waits for anything, said once, and the ways to wait.

A bound is there for what never comes, so it is generous: a busy machine is no bug, and nobody waits for what has come.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Browser, BrowserContext, Page

T = TypeVar("T")
# In seconds. No test has another bound, unless the bound itself is what it tests.
PATIENCE = 600.0
# How often a test looks again, in seconds.
LOOK = 0.02


def wait_until(look: Callable[[], T], describe: Callable[[], object] = lambda: "it never was so") -> T:
    """Return what `look` returns, as soon as that is true. Raises AssertionError with what `describe` says."""
    deadline = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < deadline, describe()
        time.sleep(LOOK)
    return found


def wait_for_page(page: Page, condition: str) -> None:
    """Return as soon as a condition, in JavaScript, holds on the page.

    Playwright's own `wait_for_function` evaluates a string within the page from its second look on, which the policy
    of our pages forbids.
    """
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate(condition):
        assert time.monotonic() < deadline, condition
        page.wait_for_timeout(1000 * LOOK)  # and not time.sleep: Playwright hears the page only while it waits itself


def wait_for_answer(page: Page, words: str) -> str:
    """Return what the page of the search says of its answer, as soon as that has some words."""
    page.locator("#dosje-said").filter(has_text=words).wait_for()
    return page.locator("#dosje-said").inner_text()


def wait_for_words(log: Path, words: str, process: subprocess.Popen[bytes] | None = None) -> str:
    """Return what a program has written to a file, as soon as that has some words. The program must not have ended."""

    def is_said() -> bool:
        is_running = process is None or process.poll() is None
        return words in log.read_text(encoding="utf-8", errors="replace") or not is_running

    wait_until(is_said, lambda: f"{words!r} was not said:\n{log.read_text(encoding='utf-8', errors='replace')}")
    said = log.read_text(encoding="utf-8", errors="replace")
    assert words in said, said
    return said


def be_patient(browser: Browser) -> Browser:
    """Return the browser, whose pages wait as long as tests do instead of Playwright's 30 seconds."""
    new_context, new_page = browser.new_context, browser.new_page

    def make_context(**options: object) -> BrowserContext:
        context = new_context(**options)  # type: ignore[arg-type]
        context.set_default_timeout(1000 * PATIENCE)
        return context

    def make_page(**options: object) -> Page:
        page = new_page(**options)  # type: ignore[arg-type]
        page.set_default_timeout(1000 * PATIENCE)
        return page

    browser.new_context, browser.new_page = make_context, make_page  # type: ignore[method-assign]
    return browser
