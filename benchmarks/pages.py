"""Prints what pages of a built site weigh and how soon they show: `pages.py [FOLDER]`. A table, never a test.

FOLDER: the built site (default: site/ of this project), served from here as web servers do, texts gzipped. For one
page of each kind, in Chromium:

first kB  bytes of all answers, the first page of a reader's visit
next kB   the same where the page of another record was read before: a source, or before the source a meeting
files     how many answers the first visit took
LCP ms    the largest paint of the first visit (Largest Contentful Paint)
requests to other hosts are counted as "foreign"; there should be none

`--lighthouse` adds Lighthouse's four scores (performance, accessibility, best practices, SEO), on a desktop and on a
phone with the slow line and processor that Lighthouse simulates. It is fetched from npm, at the version below.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from search import CHROMIUM, PROJECT, serve

LIGHTHOUSE = "lighthouse@13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = {
    "home": "",
    "chronology": "chronology/",
    "attendance": "attendance/",
    "meeting": "meetings/bucharest-1960/",
    "person": "persons/enver-hoxha/",
    "sources": "sources/",
    "lookup": "lookup/",
}
_LCP = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime)).observe(
    { type: "largest-contentful-paint", buffered: true });
  setTimeout(() => done(0), 3000);
})"""


@dataclass(frozen=True)
class Weight:
    """What one page costs: bytes, numbers of answers, milliseconds."""

    first: int
    following: int
    files: int
    paint: float
    foreign: int


def weigh(browser: Browser, root: str, sent: list[int], path: str, before: str) -> Weight:
    """Return what the page at `path` costs a reader who comes to it first, and one who comes from `before`."""

    def open_page(url: str, *, before: str = "") -> tuple[int, int, float, int]:
        context = browser.new_context(service_workers="block")
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        if before:
            page.goto(before, wait_until="networkidle")
        sent.clear()
        page.goto(url, wait_until="networkidle")
        paint = page.evaluate(_LCP)
        foreign = sum(not one.startswith((root, "data:", "blob:")) for one in asked)
        weight, files = sum(sent), len(sent)
        context.close()
        return weight, files, float(paint), foreign

    first, files, paint, foreign = open_page(root + path)
    following, *_ = open_page(root + path, before=root + before)
    return Weight(first, following, files, paint, foreign)


def ask_lighthouse(url: str, *, desktop: bool) -> list[int]:
    """Return the scores of the four categories, in per cent. Raises subprocess.CalledProcessError."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            "npx", "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", f"--output-path={report}",
            f"--chrome-flags={' '.join(CHROMIUM)}", *(["--preset=desktop"] if desktop else []),
        ]  # fmt: skip
        environment = os.environ | {"CHROME_PATH": "/usr/bin/chromium"}
        subprocess.run(command, check=True, capture_output=True, env=environment)
        categories = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return [round(100 * categories[name]["score"]) for name in CATEGORIES]


def main(arguments: Sequence[str]) -> int:
    """Print the table; return 2 if there is no site."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=PROJECT / "site")
    parser.add_argument("--lighthouse", action="store_true", help="ask Lighthouse, too")
    options = parser.parse_args(arguments)
    if not (options.folder / "index.html").is_file():
        print(f"{options.folder} is no built site; dosje build makes one", file=sys.stderr)
        return 2
    sources = sorted((options.folder / "sources").glob("*/index.html"), key=lambda path: path.stat().st_size)
    source = f"sources/{sources[len(sources) // 2].parent.name}/" if sources else ""
    pages = PAGES | ({"source": source} if source else {})
    head = "| page | first kB | next kB | files | LCP ms | foreign |"
    print(head + (" desktop | phone |" if options.lighthouse else ""))
    print("|:--" + "|--:" * (5 + 2 * options.lighthouse) + "|")
    with serve(options.folder) as (root, sent), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        for name, path in pages.items():
            if not (options.folder / path / "index.html").is_file():
                continue
            found = weigh(browser, root, sent, path, PAGES["meeting"] if path == source else source)
            row = f"{found.first / 1000:.0f} | {found.following / 1000:.0f} | {found.files} | {found.paint:.0f}"
            scores = ""
            if options.lighthouse:
                for desktop in (True, False):
                    scores += f" {'/'.join(map(str, ask_lighthouse(root + path, desktop=desktop)))} |"
            print(f"| {name} | {row} | {found.foreign} |{scores}", flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
