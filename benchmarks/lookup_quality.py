"""Says how well the lookup finds footnotes (footnotes.py): which source, how surely, at which place, in what time."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dosje.checking.edition import check_edition
from dosje.edition.links import LinkedCorpus
from dosje.exporting.source_descriptions import SourceDescriptions
from dosje.lookup.hits import NOTHING_BEFORE
from dosje.lookup.index import make_index
from dosje.lookup.search import answer_note
from dosje.lookup.sharding import unwrap_shard
from dosje.phrases.phrase_files import read_phrases
from dosje.starter.starter import make_starter, write_starter
from dosje.web.page_maker import PageMaker
from footnote_facts import read_facts
from footnotes import Footnote, Locator, Meant
from forms_of_documents import write_units
from forms_of_works import write_lists, write_works
from near_misses import write_misses

_PHRASES = read_phrases("en-GB")
_SURE = ("exact", "likely")


@dataclass
class Score:
    """What was counted of some footnotes. `meant`: their cites, `placed` of them have a locator."""

    notes: int = 0
    meant: int = 0
    first: int = 0
    three: int = 0
    exact: int = 0  # footnotes with an exact answer that is wrong
    likely: int = 0  # others with a likely one
    placed: int = 0
    places: int = 0  # locators that were read as they stand
    seconds: float = 0.0

    def add(self, other: Score) -> None:
        """Add another score."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def write_all(linked: LinkedCorpus) -> list[Footnote]:
    """Return all footnotes of an edition: of its sources, of several, and near misses."""
    facts = read_facts(linked)
    return [*write_units(facts), *write_works(facts), *write_lists(facts), *write_misses(facts)]


def measure_quality(project: Path, show: str) -> None:
    """Print the table for an edition, and for the starter. `show`: the beginning of a form whose faults are printed."""
    _measure(project, show)
    with tempfile.TemporaryDirectory(prefix="dosje-starter-") as name:
        write_starter(Path(name), make_starter())
        _measure(Path(name), show)


def _measure(project: Path, show: str) -> None:
    linked, shards = index_of(project)
    print(f"\n{linked.corpus.settings.site_name}\n{_head()}")
    by_form: dict[str, Score] = {}
    for note in write_all(linked):
        score, faults = score_note(note, shards)
        by_form.setdefault(note.form, Score()).add(score)
        if faults and show and note.form.startswith(show):
            print("\n    ".join([f"  {note.form}: {' | '.join((*note.before, note.text))}", *faults]))
    for name, is_miss in (("all that is there", False), ("all near misses", True)):
        total = Score()
        for form, score in by_form.items():
            if form.startswith(("miss: ", "far: ")) == is_miss:
                total.add(score)
        print(_row(name, total))
    for form in sorted(by_form):
        print(_row(f"  {form}", by_form[form]))


def index_of(project: Path) -> tuple[LinkedCorpus, dict[str, Any]]:
    """Return an edition, and the shards of its index. Ends if the edition has errors."""
    checked = check_edition(project)
    if checked.linked is None or checked.style is None:
        raise SystemExit(f"the edition in {project} has errors")
    maker = PageMaker(checked.linked, checked.style)
    index = make_index(checked.linked, SourceDescriptions(maker.sources.works, {}, {}))
    shards = {path.rpartition("/")[2].removesuffix(".js"): unwrap_shard(text) for path, text in index.items()}
    return checked.linked, shards


def score_note(note: Footnote, shards: Mapping[str, Any]) -> tuple[Score, list[str]]:
    """Return the score of one footnote, and what is wrong in words."""
    memory = NOTHING_BEFORE
    for before in note.before:
        memory = answer_note(before, memory, dict(shards), _PHRASES)["memory"]
    started = time.perf_counter()
    cites = answer_note(note.text, memory, dict(shards), _PHRASES)["citations"]
    score = Score(notes=1, seconds=time.perf_counter() - started)
    faults = []
    for meant in note.meant:
        faults += _score_meant(meant, cites, score)
    found = {confidence: _found(cites, confidence) for confidence in _SURE}
    named = note.may.union(*(meant.keys for meant in note.meant))
    if found["exact"] - named:
        score.exact = 1
        faults.append(f"exact but wrong: {sorted(found['exact'] - named)}")
    elif note.is_miss and found["likely"] - named - note.perhaps:
        score.likely = 1
        faults.append(f"likely but wrong: {sorted(found['likely'] - named)}")
    return score, faults


def _found(cites: Iterable[Any], confidence: str) -> set[str]:
    return {match["key"] for cite in cites for match in cite["matches"] if match["confidence"] == confidence}


def _score_meant(meant: Meant, cites: list[Any], score: Score) -> list[str]:
    score.meant += 1
    matches = [[match["key"] for match in cite["matches"]] for cite in cites]
    first = [at for at, keys in enumerate(matches) if keys and keys[0] in meant.keys]
    score.first += bool(first)
    score.three += any(meant.keys & set(keys[:3]) for keys in matches)
    faults = [] if first else [f"found {[keys[:3] for keys in matches]}, meant {sorted(meant.keys)}"]
    if meant.locator is not None:
        score.placed += 1
        # Where the source is not found, its locator may still be read.
        read = [cites[at]["locator"] for at in first or range(len(cites))]
        is_read = any(_is_same(locator, meant.locator) for locator in read)
        score.places += is_read
        faults += [] if is_read else [f"read {read}, meant {meant.locator}"]
    return faults


def _is_same(read: Mapping[str, str] | None, meant: Locator) -> bool:
    # In an Albanian reference "f." is a page, and pages of files are counted as leaves.
    labels = {"page": ("page", "folio"), "folio": ("folio",), "other": ("other",)}[meant[0]]
    return read is not None and read["label"] in labels and _bare(read["value"]) == _bare(meant[1])


def _bare(value: str) -> str:
    return value.replace("-", "–").replace(" ", "")


def _head() -> str:
    return (
        f"{'':44} {'notes':>6} {'first':>7} {'three':>7} {'exact':>6} {'likely':>6} {'places':>7} {'ms':>6}\n"
        f"{'':44} {'':>6} {'':>7} {'':>7} {'wrong':>6} {'wrong':>6} {'':>7} {'':>6}"
    )


def _row(name: str, score: Score) -> str:
    def share(part: int, whole: int) -> str:
        return f"{100 * part / whole:6.1f}%" if whole else "       "

    counts = f"{share(score.first, score.meant)} {share(score.three, score.meant)} {score.exact:6} {score.likely:6}"
    milliseconds = 1000 * score.seconds / max(score.notes, 1)
    return f"{name:44} {score.notes:6} {counts} {share(score.places, score.placed)} {milliseconds:6.1f}"
