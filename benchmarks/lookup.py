"""Measures the lookup: `lookup.py [--sources 10000] [--quality-only] [--show FORM]`. Tables, never a test.

Quality (lookup_quality.py): of every source of this checkout's edition and of the starter, footnotes are written as
other authors print them (footnotes.py), and near misses, which the edition does not have. "first" is a first match
that is meant, "three" one among the first three, "exact wrong" and "likely wrong" are footnotes with an answer that is
sure of another source, "places" locators that were read as they stand, "ms" milliseconds a footnote.

Cost, at as many sources as are asked for: the size of the first answer, compressed as a web server would (gzip),
time of a query in Chromium, and of `dosje cite` from start to end. The edition is invented (make_edition.py) and
not built: records are read and linked, and the index is made of them with titles in place of a style's words.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dosje.citing.works import read_all_works
from dosje.edition.index_folder import INDEX_FOLDER
from dosje.edition.links import LinkedCorpus, link_corpus
from dosje.exporting.source_descriptions import SourceDescriptions
from dosje.lookup.hits import NOTHING_BEFORE
from dosje.lookup.index import make_index
from dosje.lookup.javascript import write_engine
from dosje.lookup.search import answer_note
from dosje.lookup.sharding import unwrap_shard
from dosje.phrases.phrase_files import read_phrases
from dosje.reading.record_files import read_corpus
from dosje.reading.settings_file import read_settings
from lookup_quality import measure_quality, write_all

PROJECT = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"

_PHRASES = read_phrases("en-GB")


def measure_cost(sources: int) -> None:
    """Print what the first answer weighs, and how long queries take, at `sources` sources."""
    with tempfile.TemporaryDirectory(prefix="dosje-lookup-") as name:
        folder = Path(name)
        # Two records in five are sources.
        command = [sys.executable, str(Path(__file__).with_name("make_edition.py")), str(sources * 5 // 2), name]
        subprocess.run(command, check=True)
        started = time.perf_counter()
        linked = _link(folder)
        records = sum(1 for _ in linked.corpus.records())
        print(f"read and linked {records} records in {time.perf_counter() - started:.0f} s")
        started = time.perf_counter()
        settings = linked.corpus.settings
        works = read_all_works(linked.corpus.bib_files, settings.locale, settings.means, linked.phrases)
        full = {key: str(getattr(record.model, "title", key)) for key, record in linked.corpus.sources.items()}
        index = make_index(linked, SourceDescriptions(works, full, {}))
        print(f"made {len(index)} shards in {time.perf_counter() - started:.1f} s")
        pages = folder / settings.site_dir  # where `dosje cite` looks
        for path, text in (index | {"lookup/engine.js": write_engine(_PHRASES)}).items():
            (pages / path).parent.mkdir(parents=True, exist_ok=True)
            (pages / path).write_text(text, encoding="utf-8")
        queries = _queries(linked)
        _print_weights(queries, index)
        _print_times(queries, pages)
        _print_cold(queries, folder)


def _link(folder: Path) -> LinkedCorpus:
    settings, _ = read_settings(folder)
    assert settings is not None
    corpus, _ = read_corpus(settings)
    return link_corpus(corpus)


def _queries(linked: LinkedCorpus) -> list[str]:
    """Return footnotes spread evenly over the edition."""
    notes = write_all(linked)
    return [note.text for note in notes[:: max(len(notes) // 60, 1)]]


def _print_weights(queries: Iterable[str], index: Mapping[str, str]) -> None:
    packed = {
        path.rpartition("/")[2].removesuffix(".js"): len(gzip.compress(text.encode(), 6))
        for path, text in index.items()
    }
    always = packed["core"] + len(gzip.compress(write_engine(_PHRASES).encode(), 6))
    weights = []
    for query in queries:
        shards: dict[str, Any] = {"core": unwrap_shard(index[f"{INDEX_FOLDER}/core.js"])}
        while missing := answer_note(query, NOTHING_BEFORE, shards, _PHRASES)["missing"]:
            shards |= {name: unwrap_shard(index[f"{INDEX_FOLDER}/{name}.js"]) for name in missing}
        weights.append(always + sum(packed[name] for name in shards if name != "core"))
    kilo = sorted(weight / 1000 for weight in weights)
    print(f"first answer, gzip: median {statistics.median(kilo):.0f} kB, largest {kilo[-1]:.0f} kB")
    print(f"  of it rules and core: {always / 1000:.0f} kB; the whole index: {sum(packed.values()) / 1000:.0f} kB")


def _print_times(queries: list[str], pages: Path) -> None:
    if not Path(CHROMIUM).exists():
        print("no Chromium here: queries are not timed in it")
        return
    from playwright.sync_api import sync_playwright

    shell = pages / "lookup" / "index.html"
    shell.write_text(
        '<meta charset="utf-8"><div id="dosje-lookup" data-engine="engine.js" data-index="v4"></div>'
        f"<script>{(PROJECT / 'scripts/dosje/web/theme/assets/lookup.js').read_text(encoding='utf-8')}</script>",
        encoding="utf-8",
    )
    timed = """async queries => { const times = []; for (const query of queries) { await dosjeAsk([query]);
        const from = performance.now(); await dosjeAsk([query]); times.push(performance.now() - from); }
        return times; }"""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox"])
        page = browser.new_page()
        page.goto(shell.as_uri())
        times = sorted(page.evaluate(timed, queries))
        browser.close()
    print(f"query in Chromium, shards loaded: median {statistics.median(times):.1f} ms, slowest {times[-1]:.1f} ms")


def _print_cold(queries: list[str], folder: Path) -> None:
    """Print when `dosje cite` gives its answer, and when it ends: behind the answer it looks at the records' age."""
    answered, ended = [], []
    for query in queries[:9]:
        started = time.perf_counter()
        command = [sys.executable, "-m", "dosje.cli", "cite", query, "--format", "json", "--project", str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            assert process.stdout
            json.loads(process.stdout.readline())
            answered.append(time.perf_counter() - started)
        ended.append(time.perf_counter() - started)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
    for what, times in (("answered", answered), ("ended", ended)):
        print(f"dosje cite, cold, {what} after: median {statistics.median(times):.2f} s, slowest {max(times):.2f} s")


def main() -> None:
    """Print what the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure the lookup: its quality, and what it costs.")
    parser.add_argument("--sources", type=int, default=10_000, help="size of the edition whose cost is measured")
    parser.add_argument("--quality-only", action="store_true", help="measure no cost")
    parser.add_argument("--show", default="", metavar="FORM", help="print the faults of the forms that begin so")
    arguments = parser.parse_args()
    measure_quality(PROJECT, arguments.show)
    if not arguments.quality_only:
        measure_cost(arguments.sources)


if __name__ == "__main__":
    main()
