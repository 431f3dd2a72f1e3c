"""Debian's Firefox, driven over WebDriver BiDi, which it speaks by itself: only as much of it as the tests ask for.

Source: W3C, WebDriver BiDi. Playwright drives only a Firefox that its makers have changed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from waiting import PATIENCE, wait_until

_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
# Runs in each page before its own scripts, and cannot be blocked by its policy.
_TELL = """(tell) => document.addEventListener("securitypolicyviolation",
  (event) => tell(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))"""
# Nothing is asked of its makers' servers.
_PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.server": "",
    "app.update.disabledForTesting": True,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "extensions.update.enabled": False,
    "app.normandy.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
}


@dataclass
class Firefox:
    """One page, and all that was said while it was open: violations of policies, and errors on the console."""

    socket: ClientConnection
    violations: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    context: str = ""
    ids: Iterator[int] = field(default_factory=count)

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Return what Firefox answers to a command. Raises AssertionError if it cannot do it."""
        number = next(self.ids)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv(timeout=PATIENCE))
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                result: dict[str, Any] = answer["result"]
                return result
            self._note(answer.get("method"), answer.get("params", {}))

    def open(self, address: str) -> None:
        """Go to a page and wait until all of it is there."""
        self.ask("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def run(self, expression: str) -> Any:
        """Return what JavaScript says in the page: a text, number, boolean or null."""
        target = {"context": self.context}
        answer = self.ask("script.evaluate", expression=expression, target=target, awaitPromise=True)
        assert answer["type"] == "success", answer
        return answer["result"].get("value")

    def wait_for(self, expression: str) -> Any:
        """Return what JavaScript says in the page, once it is something."""
        return wait_until(
            lambda: self.run(expression), lambda: f"{expression} at {self.run('location.href')}: {self.errors}"
        )

    def _note(self, method: str | None, said: dict[str, Any]) -> None:
        if method == "script.message":
            self.violations.append(said["data"]["value"])
        elif method == "log.entryAdded" and said["level"] == "error":
            self.errors.append(str(said["text"]))


@contextmanager
def firefox(*, width: int = 1300) -> Iterator[Firefox]:
    """Yield a Firefox with an empty page."""
    with tempfile.TemporaryDirectory(prefix="dosje-firefox-", ignore_cleanup_errors=True) as folder:
        told = "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _PREFERENCES.items())
        Path(folder, "user.js").write_text(told)
        # Its home is the profile's, as it refuses that of somebody else.
        program = shutil.which("firefox-esr") or "firefox"
        command = [program, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", folder]
        environment = os.environ | {"HOME": folder, "MOZ_HEADLESS_WIDTH": str(width), "MOZ_HEADLESS_HEIGHT": "900"}
        said = Path(folder, "said.txt")
        with said.open("wb") as output:
            process = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
        try:
            with connect(f"{_address_in(said, process)}/session", max_size=None, proxy=None) as socket:
                yield _start(Firefox(socket))
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _address_in(said: Path, process: subprocess.Popen[bytes]) -> str:
    """Return where Firefox listens, as it says once it does."""

    def find() -> re.Match[str] | None:
        assert process.poll() is None, "Firefox has ended"
        return _LISTENING.search(said.read_text(encoding="utf-8", errors="replace"))

    found = wait_until(find, lambda: "Firefox does not listen")
    assert found is not None
    return found[1]


def _start(browser: Firefox) -> Firefox:
    browser.ask("session.new", capabilities={})
    browser.context = browser.ask("browsingContext.getTree")["contexts"][0]["context"]
    browser.ask("session.subscribe", events=["log.entryAdded", "script.message"])
    channel = {"type": "channel", "value": {"channel": "violations"}}
    browser.ask("script.addPreloadScript", functionDeclaration=_TELL, arguments=[channel])
    return browser
