"""Compares two searches at N pages: `search.py N [N ...]`. A table, never a test.

    lunr      Material's own: one JSON file with all texts, indexed in the reader's browser
    pagefind  the one that this project uses: an index in pieces, made with the site

For each N the same invented pages of some 350 words are made. Of each search the table has

build s   seconds to make the index, the pages being there (lunr: to gather the texts and write them)
kB        bytes of all answers of the server until both questions are answered, gzipped where servers do so
answer s  seconds from opening the search page to the first result, in Chromium, without a cache
again s   seconds from a second, other question to its first result, in the same page
disk      whether the search also answers when the page is opened from disk (file://)

The question is a word that three pages have, among words that all have.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from prose import write_sentence

PROJECT = Path(__file__).resolve().parents[1]
CHROMIUM = ["--headless", "--no-sandbox", "--disable-gpu"]
SENTENCES = 25
SYLLABLES = ("ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu", "sha", "tre")
PATIENCE = 120
RARE = ("kirgasholm", "vendelropar")
_PACKED = (".html", ".js", ".json", ".css", ".svg")
_CONFIG = "site_name: Shell\nsite_url: ''\nuse_directory_urls: true\ntheme: {name: material, font: false}\n"
_LUNR = {
    "lang": ["en"], "separator": r"[\s\-]+", "pipeline": ["stemmer"],
    "fields": {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1000000.0}},
}  # fmt: skip
# The whole search page in both cases, so that what is compared is the search alone.
_PAGEFIND_PAGE = """<!doctype html><html lang=en><meta charset=utf-8><title>Search</title>
<form id=dosje-search><input id=dosje-q type=search><button>Search</button></form><p id=dosje-said></p>
<div id=dosje-facets></div><ol id=dosje-results></ol><button id=dosje-more hidden>More</button>
<script src="../assets/search.js"></script></html>"""


@dataclass(frozen=True)
class Cost:
    """What one search costs at one size. `answer` is None where it did not answer in time."""

    name: str
    pages: int
    build: float
    sent: int
    answer: float | None
    again: float | None
    disk: bool


def invent_texts(pages: int, seed: int) -> list[tuple[str, str]]:
    """Return titles and texts of pages: common words, names that few pages share, and the question's words."""
    rng = Random(f"search/{pages}/{seed}")
    names = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 5))).capitalize() for _ in range(400 + pages * 2)]
    found = []
    for number in range(pages):
        sentences = []
        for _ in range(SENTENCES):
            # Few names are everywhere and most hardly anywhere, as in any text.
            name = names[min(int(rng.paretovariate(0.6)) - 1, len(names) - 1)]
            sentences.append(f"{name} was heard. {write_sentence(rng)}")
        for at, rare in enumerate(RARE):
            if number % max(pages // 3, 1) == at:
                sentences.insert(3, f"Nobody had expected {rare} to answer.")
        found.append((f"Meeting {number + 1} with {names[number % len(names)]}", " ".join(sentences)))
    return found


def make_lunr(folder: Path, texts: Sequence[tuple[str, str]]) -> float:
    """Make a site with Material's search in `folder`; return the seconds for its index."""
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# Search\n", encoding="utf-8")
    # Its plugin for pages opened from disk is left out: what makes it work there comes from unpkg.com.
    config = _CONFIG + "plugins: [search]\n"
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml")]
    subprocess.run(command, check=True, capture_output=True)
    started = time.perf_counter()
    docs = [
        {"location": f"meetings/{at}/", "title": title, "text": f"<p>{text}</p>"}
        for at, (title, text) in enumerate(texts)
    ]
    index = json.dumps({"config": _LUNR, "docs": docs})
    target = folder / "site" / "search"
    (target / "search_index.json").write_text(index, encoding="utf-8")
    return time.perf_counter() - started


def make_pagefind(folder: Path, texts: Sequence[tuple[str, str]]) -> float:
    """Make a site with our search in `folder`; return the seconds for its index."""
    sys.path.insert(0, str(PROJECT / "scripts"))
    from dosje.reading.settings import Settings
    from dosje.site.pagefind import index_site

    site = folder / "site"
    for at, (title, text) in enumerate(texts):
        path = site / "meetings" / str(at) / "index.html"
        path.parent.mkdir(parents=True)
        body = f"<div data-pagefind-body><h1>{title}</h1><h2>Account</h2><p>{text}</p></div>"
        path.write_text(f"<!doctype html><html lang=en><title>{title}</title><body>{body}</html>", encoding="utf-8")
    for name, content in (("search/index.html", _PAGEFIND_PAGE), ("search/spellings.js", "self.dosjeSpellings={};")):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(content, encoding="utf-8")
    (site / "assets").mkdir()
    shutil.copy(PROJECT / "scripts" / "dosje" / "web" / "theme" / "assets" / "search.js", site / "assets")
    started = time.perf_counter()
    index_site(Settings(folder, "Shell", ""), site)
    return time.perf_counter() - started


def ask_lunr(page: Page, root: str) -> tuple[float, float]:
    """Return the seconds to the first and to a second answer."""
    started = time.perf_counter()
    page.goto(f"{root}index.html", wait_until="domcontentloaded")
    page.evaluate("document.querySelector('#__search').click()")
    answers = []
    for rare in RARE:
        page.fill("[data-md-component=search-query]", "")
        page.type("[data-md-component=search-query]", rare)  # it listens to keys
        page.wait_for_function(
            "rare => [...document.querySelectorAll('.md-search-result__item')]"
            ".some(e => e.textContent.toLowerCase().includes(rare))",
            arg=rare,
            timeout=PATIENCE * 1000,
        )
        answers.append(time.perf_counter() - started)
        started = time.perf_counter()
    return answers[0], answers[1]


def ask_pagefind(page: Page, root: str) -> tuple[float, float]:
    """Return the seconds to the first and to a second answer."""
    started = time.perf_counter()
    page.goto(f"{root}search/index.html", wait_until="domcontentloaded")
    answers = []
    for rare in RARE:
        page.fill("#dosje-q", rare)
        page.wait_for_function(
            "rare => document.querySelector('#dosje-results').textContent.toLowerCase().includes(rare)",
            arg=rare,
            timeout=PATIENCE * 1000,
        )
        answers.append(time.perf_counter() - started)
        started = time.perf_counter()
    return answers[0], answers[1]


_SEARCHES = {"lunr": (make_lunr, ask_lunr), "pagefind": (make_pagefind, ask_pagefind)}


def measure(name: str, texts: Sequence[tuple[str, str]], browser: Browser) -> Cost:
    """Return what the search called `name` costs on these texts."""
    make, ask = _SEARCHES[name]
    with tempfile.TemporaryDirectory(prefix="dosje-benchmark-") as folder:
        build = make(Path(folder), texts)
        site = Path(folder) / "site"
        with serve(site) as (address, sent):
            answers = _try(browser, ask, address)
            total = sum(sent)
        disk = _try(browser, ask, f"{site.as_uri()}/") is not None
    first, again = answers or (None, None)
    return Cost(name, len(texts), build, total, first, again, disk)


def _try(browser: Browser, ask: object, root: str) -> tuple[float, float] | None:
    page = browser.new_context().new_page()
    try:
        return ask(page, root)  # type: ignore[operator,no-any-return]
    except PlaywrightTimeout:
        return None
    finally:
        page.context.close()


@contextmanager
def serve(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """Serve the folder as a web server would; yield its address and the sizes of all answers' bodies."""
    sent: list[int] = []
    handler = functools.partial(_Handler, sent, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", sent
        finally:
            server.shutdown()
            thread.join()


class _Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, sent: list[int], *args: object, **options: object) -> None:
        self._sent = sent
        super().__init__(*args, **options)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        if path.suffix in _PACKED:
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages does
        self.end_headers()
        self.wfile.write(body)
        self._sent.append(len(body))

    def log_message(self, format: str, *args: object) -> None:
        pass


def format_table(costs: Sequence[Cost]) -> str:
    """Return the costs as a Markdown table."""
    lines = ["| pages | search | build s | kB | answer s | again s | disk |", "|--:|:--|--:|--:|--:|--:|:--|"]
    for cost in costs:
        times = [f"{value:.2f}" if value is not None else "none" for value in (cost.answer, cost.again)]
        cells = [f"{cost.pages:,}", cost.name, f"{cost.build:.1f}", f"{cost.sent / 1000:,.0f}", *times]
        lines.append(f"| {' | '.join([*cells, 'yes' if cost.disk else 'no'])} |")
    return "\n".join(lines)


def main() -> int:
    """Measure what the command line asks for and print the table; return 0."""
    parser = argparse.ArgumentParser(description="Compare Material's search with Pagefind at N pages.")
    parser.add_argument("pages", metavar="N", type=int, nargs="+", help="numbers of pages, e.g. 300 1000 10000")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other texts (default: 1)")
    arguments = parser.parse_args()
    costs = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        for pages in arguments.pages:
            texts = invent_texts(pages, arguments.seed)
            for name in _SEARCHES:
                print(f"{pages} pages: {name}", file=sys.stderr, flush=True)
                costs.append(measure(name, texts, browser))
        browser.close()
    print(format_table(costs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
