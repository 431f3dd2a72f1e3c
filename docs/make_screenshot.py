"""Takes README's picture from the built site: `python docs/make_screenshot.py` after `make site`."""

from __future__ import annotations

import functools
import http.server
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent


def main() -> None:
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(ROOT / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--headless", "--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 1180})
        page.goto(f"http://127.0.0.1:{server.server_port}/meetings/bucharest-1960/")
        page.wait_for_timeout(500)  # until the notes stand in the margin
        page.screenshot(path=ROOT / "docs/screenshot.png")
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
