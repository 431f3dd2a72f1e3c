"""What pages say of their policy, and what a browser says of pages that do what it blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page


class Head(HTMLParser):
    """Gathers of a page what a policy is about."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.policies: list[str] = []
        self.before: list[str] = []  # elements that come before the policy
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(given["content"])
        elif not self.policies:
            self.before.append(tag)
        is_inline = tag == "script" and "src" not in given and "json" not in given.get("type", "")
        if is_inline or tag == "style" or given.get("rel") in ("next", "prefetch"):
            self.wrong.append(f"<{tag}>")
        for name, value in given.items():
            if name == "style" or name.startswith("on") or re.match(r"\s*javascript:", value, re.I):
                self.wrong.append(f"<{tag} {name}={value!r}>")


def look_at(site: Path, policy: str) -> tuple[int, list[str]]:
    """Return the number of pages of a site, and what of them is not as it should be."""
    wrong = []
    for count, path in enumerate(sorted(site.rglob("*.html")), 1):  # noqa: B007
        head = Head(path.read_text(encoding="utf-8"))
        is_good = head.policies == [policy] and head.before == ["html", "head", "meta"]
        wrong += [
            f"{path}: {what}" for what in ([] if is_good else [str(head.policies), str(head.before)]) + head.wrong
        ]
    return count, wrong


@dataclass
class Watched:
    """A page of Chromium, and all that it said of violations, errors and other hosts."""

    page: Page
    said: list[str] = field(default_factory=list)
    opened: int = 0

    def open(self, address: str) -> Page:
        self.page.goto(address, wait_until="networkidle")
        self.opened += 1
        return self.page

    def hear(self, line: ConsoleMessage) -> None:
        # A page that only leads on names no icon, so a browser asks for one.
        # And on a busy machine the tests' server may cut a line, which no policy does.
        is_of_server = line.location["url"].endswith("/favicon.ico") or "ERR_CONNECTION_RESET" in line.text
        if line.type == "error" and not is_of_server:
            self.said.append(line.text)

    def note(self, violation: str) -> None:
        self.said.append(violation)

    def end_dialog(self, dialog: Dialog) -> None:
        self.said.append(dialog.message)
        dialog.dismiss()


@contextmanager
def watched(browser: Browser, width: int = 1300) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": width, "height": 900}, has_touch=width < 600)
    found = Watched(context.new_page())
    found.page.expose_function("dosjeTell", found.note)
    tell = "(event) => dosjeTell(`${event.violatedDirective} ${event.blockedURI}`)"
    found.page.add_init_script(f'document.addEventListener("securitypolicyviolation", {tell})')
    found.page.on("pageerror", lambda error: found.said.append(str(error)))
    found.page.on("console", found.hear)
    found.page.on("dialog", found.end_dialog)
    yield found
    context.close()
