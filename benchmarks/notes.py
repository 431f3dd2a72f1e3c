"""Prints what citations cost: `notes.py [--sources 10000] [--notes 100000]`. A table, never a test.

The sources are those of a benchmark edition, three archival items to one published work, and so is how
they follow one another in notes: half a page's cites name a source again, many right behind it.

    words, cold     the words of every source in every form that can occur: first, subsequent, ibid. and ibid.
                    with locator, with and without one, of one and of several leaves, within the same file,
                    and the entry in a bibliography; nothing kept, the .bib file read by pandoc too
    words, kept     the same from the cache
    notes           positions decided, words put in their places, Markdown written, with the words at hand
    notes, again    the same once more in the same process

cpu is seconds of processor time of this process and of pandoc, wall is seconds from start to end. Making
and reading the records is not measured: `build.py` does that.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "scripts"))  # this checkout's package, whether or not one is installed

from dosje.citing.form_words import ibid_of, sets_stops_in_quotes, word_forms  # noqa: E402
from dosje.citing.forms import Form  # noqa: E402
from dosje.citing.notes import Wording, forms_of, place_notes  # noqa: E402
from dosje.citing.styles import load_style  # noqa: E402
from dosje.citing.wording import metas_of  # noqa: E402
from dosje.citing.works import read_works  # noqa: E402
from dosje.edition.calls import Call  # noqa: E402
from dosje.edition.links import LinkedCorpus, link_corpus  # noqa: E402
from dosje.reading.record_files import read_corpus  # noqa: E402
from dosje.reading.settings_file import read_settings  # noqa: E402
from dosje.reading.texts import Cited  # noqa: E402
from dosje.system.garbage import collect_seldom  # noqa: E402
from dosje.values import words  # noqa: E402
from dosje.values.citations import parse_citation  # noqa: E402
from dosje.values.page_id import PageId  # noqa: E402
from dosje.values.stand_ins import IBID  # noqa: E402
from dosje.web.drafts import Draft  # noqa: E402
from dosje.web.markdown import mark  # noqa: E402
from dosje.web.rendering import render_page  # noqa: E402
from invent import invent_edition  # noqa: E402

STYLE = "chicago-notes-bibliography-subsequent-ibid"
NOTES_ON_A_PAGE = 50
POSITIONS = ("first", "subsequent", "ibid", "ibid-with-locator")
KINDS = ("persons", "sources", "places", "archives", "organisations")


@dataclass(frozen=True)
class Row:
    """What one piece of work took."""

    work: str
    number: int
    cpu: float  # seconds, with pandoc
    wall: float  # seconds


class Clock:
    """Measures pieces of work, one after another."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    @contextmanager
    def measure(self, work: str, number: int) -> Iterator[None]:
        print(f"{work}: {number:,}", file=sys.stderr, flush=True)
        cpu, wall = _cpu_seconds(), time.perf_counter()
        yield
        self.rows.append(Row(work, number, _cpu_seconds() - cpu, time.perf_counter() - wall))


def link_sources(folder: Path, number: int, seed: int) -> LinkedCorpus:
    """Return an edition of `number` sources and what they need, made in `folder`, read and linked."""
    files = invent_edition(number * 5 // 2, seed)
    kept = {path: text for path, text in files.items() if path.endswith(".bib") or path.split("/")[1] in _FOLDERS}
    settings = f"site_name: A\nextra: {{dosje: {{citation_style: {STYLE}}}}}\n"
    for path, text in {"mkdocs.yml": settings, **kept}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    found, _ = read_settings(folder)
    assert found is not None
    corpus, _ = read_corpus(found)
    return link_corpus(corpus)


_FOLDERS = {*KINDS, *(f"{kind}.yml" for kind in KINDS)}


def all_forms(linked: LinkedCorpus) -> list[Form]:
    """Return every form in which each source of the edition can occur."""
    forms = []
    items = linked.corpus.sources
    for key in (*items, *linked.corpus.works):
        forms += [Form(key, position) for position in ("first", "subsequent", "ibid", "bibliography")]
        label, plurals = ("folio", (False,)) if key in items else ("page", (False, True))
        forms += [Form(key, position, label, plural) for plural in plurals for position in POSITIONS]
        forms += [Form(key, "first", label, False, IBID)] if key in items else []
    return forms


def make_pages(linked: LinkedCorpus, number: int, seed: int) -> list[tuple[Call, ...]]:
    """Return the calls of pages with `number` notes in all, as their authors wrote them."""
    rng = Random(f"notes/{seed}")
    items = linked.corpus.sources
    keys = [*items, *linked.corpus.works]
    pages = []
    for start in range(0, number, NOTES_ON_A_PAGE):
        page = PageId("essay", f"page-{start}")
        near = rng.randrange(len(keys))
        shelf = [keys[(near + step) % len(keys)] for step in range(min(20, len(keys)))]
        last = shelf[0]
        calls = []
        for at in range(min(NOTES_ON_A_PAGE, number - start)):
            parts = []
            for _ in range(rng.choice((1, 1, 1, 2))):
                last = last if rng.random() < 0.3 else rng.choice(shelf)
                where = f", {'fl. ' if last in items else ''}{rng.randint(1, 300)}" if rng.random() < 0.8 else ""
                parts.append(f"{rng.choice(('', '', '', 'see '))}@{last}{where}")
            citation = parse_citation(f"[{'; '.join(parts)}]")
            calls.append(Call(page, ("body",), f"n{at}", (Cited(citation, 0),), ""))
        pages.append(tuple(calls))
    return pages


def write_notes(linked: LinkedCorpus, pages: Sequence[tuple[Call, ...]], wording: Wording) -> int:
    """Return the length of the finished pages: positions decided, words in their places, Markdown written."""
    length = 0
    for calls in pages:
        page = calls[0].page
        notes = place_notes(calls, linked.holdings.unit_of)
        numbers = {(page, note.label): note.number for note in notes}
        text = " ".join(mark("call", note.label) for note in notes)
        length += len(render_page(linked, Draft(f"{page.key}.md", page, text), notes, numbers, wording))
    return length


def measure(sources: int, notes: int, seed: int, folder: Path) -> list[Row]:
    """Return what the words of `sources` sources and the writing of `notes` notes took."""
    linked = link_sources(folder, sources, seed)
    settings, clock = linked.corpus.settings, Clock()
    style = load_style(STYLE, folder, settings.folio_label)
    forms = all_forms(linked)
    for work in (f"words of {sources:,} sources, cold", f"words of {sources:,} sources, kept"):
        with clock.measure(work, len(forms)):
            works = read_works(linked.corpus.bib_files[0], settings.locale, settings.means)
            worded = word_forms(forms, metas_of(linked, works, forms), style, settings.locale, settings.means)
    pages = make_pages(linked, notes, seed)
    wanted = {form for calls in pages for form in forms_of(place_notes(calls, linked.holdings.unit_of), style)}
    missing = wanted - worded.keys()
    worded |= word_forms(missing, metas_of(linked, works, missing), style, settings.locale, settings.means)
    ibid = ibid_of(style, settings.locale, settings.means)
    wording = Wording(
        style,
        {form: words.replace_text(text, IBID, ibid) for form, text in worded.items()},
        sets_stops_in_quotes(style, settings.locale, settings.means),
    )
    gc.freeze()  # as a build does, when all is read
    for work in ("notes placed and written", "notes, again"):
        with clock.measure(work, notes):
            write_notes(linked, pages, wording)
    return clock.rows


def format_table(rows: Sequence[Row]) -> str:
    """Return the rows as a table for a terminal, which is a Markdown table too."""
    lines = [["work", "number", "cpu s", "wall s", "ms each"]]
    for row in rows:
        each = f"{row.wall * 1000 / row.number:.3f}"
        lines.append([row.work, f"{row.number:,}", f"{row.cpu:.1f}", f"{row.wall:.1f}", each])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    padded = [
        [line[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(line[1:], widths[1:], strict=True))] for line in lines
    ]
    padded.insert(1, ["-" * widths[0], *(f"{'-' * (width - 1)}:" for width in widths[1:])])
    return "\n".join(f"| {' | '.join(line)} |" for line in padded)


def _cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def main() -> int:
    """Measure what the command line asks for and print the table."""
    parser = argparse.ArgumentParser(description="Print what the words of sources and the writing of notes cost.")
    parser.add_argument("--sources", type=int, default=10_000, help="number of sources, at least 8 (default: 10000)")
    parser.add_argument("--notes", type=int, default=100_000, help="number of notes (default: 100000)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the edition (default: 1)")
    arguments = parser.parse_args()
    if arguments.sources < 8 or arguments.notes < 1:
        parser.error("at least 8 sources and one note")
    collect_seldom()  # as the command line does
    with tempfile.TemporaryDirectory(prefix="dosje-benchmark-") as folder:
        print(format_table(measure(arguments.sources, arguments.notes, arguments.seed, Path(folder))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
