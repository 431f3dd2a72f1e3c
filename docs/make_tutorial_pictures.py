"""Takes the pictures of the manual's page on Word files, of the preview: `python docs/make_tutorial_pictures.py`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

MANUAL = Path(__file__).parent / "manual"
MANUSCRIPT = "what-the-soup-was.docx"
PORT = 8765
DOSJE = (str(Path(sys.executable).with_name("dosje")),)
# Name of the picture, address on the site, height.
PICTURES = (
    ("chapter", "essays/the-second-dinner/", 620),
    ("worklist", "worklist/", 700),
    ("report", "report/", 760),
)


def main() -> None:
    """Import the example into a new edition, show it, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "my-edition")
        subprocess.run([*DOSJE, "init", str(root)], check=True)
        shutil.copy(MANUAL / MANUSCRIPT, root)
        subprocess.run([*DOSJE, "import", "--write", "--seen", "original", MANUSCRIPT], cwd=root, check=True)
        with subprocess.Popen([*DOSJE, "serve", "--port", str(PORT)], cwd=root) as preview:
            try:
                _take(f"http://127.0.0.1:{PORT}/")
            finally:
                preview.terminate()


def _take(site: str) -> None:
    _wait_for(site)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--headless", "--no-sandbox"])
        for name, address, height in PICTURES:
            page = browser.new_page(viewport={"width": 1240, "height": height})
            page.goto(f"{site}{address}")
            page.wait_for_timeout(500)  # until the notes stand in the margin
            page.screenshot(path=MANUAL / "pictures" / f"from-word-{name}.png")
            page.close()
        browser.close()


def _wait_for(site: str) -> None:
    for _ in range(60):
        try:
            with urllib.request.urlopen(site):
                return
        except OSError:
            time.sleep(1)
    raise SystemExit("the preview does not answer")


if __name__ == "__main__":
    main()
