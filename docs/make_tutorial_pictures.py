"""Takes the pictures of the manual's page on Word files: `python docs/make_tutorial_pictures.py`."""

from __future__ import annotations

import functools
import http.server
import shutil
import tempfile
import threading
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import sync_playwright

from dosje.cli.verbs import main as dosje

MANUAL = Path(__file__).parent / "manual"
# Name of the picture, address on the site, height.
PICTURES = (("chapter", "essays/the-second-dinner/", 620), ("report", "report/", 760))
MANUSCRIPT = "what-the-soup-was.docx"


def main() -> None:
    """Import the example into a new edition, build it, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "my-edition")
        _run("init", str(root))
        shutil.copy(MANUAL / MANUSCRIPT, root)
        _run("import", "--project", str(root), "--write", "--seen", "original", str(root / MANUSCRIPT))
        settings = root / "mkdocs.yml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.replace("\n  dosje:\n", "\n  dosje:\n    report: true\n"), encoding="utf-8")
        _run("build", "--project", str(root))
        _take(root / "site")


def _run(*arguments: str) -> None:
    done = CliRunner().invoke(dosje, list(arguments))
    if done.exit_code:
        raise SystemExit(done.output)


def _take(site: Path) -> None:
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--headless", "--no-sandbox"])
        for name, address, height in PICTURES:
            page = browser.new_page(viewport={"width": 1240, "height": height})
            page.goto(f"http://127.0.0.1:{server.server_port}/{address}")
            page.wait_for_timeout(500)  # until the notes stand in the margin
            page.screenshot(path=MANUAL / "pictures" / f"from-word-{name}.png")
            page.close()
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
