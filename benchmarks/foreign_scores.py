"""Says what an import reads of footnotes in other hands (tests/cases/foreign_footnotes.yml), by their kind."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from dosje.checking.edition import check_edition
from dosje.importing.decisions import ReadNotes
from dosje.importing.manuscript import Chapter, Manuscript, ManuscriptNote, mark_note
from dosje.importing.notes import read_notes
from import_scores import agrees, read_unit, read_work


def measure_foreign(project: Path, *, is_kept_back: bool, show: str) -> None:
    """Print, by kind of footnote, how many cites became a draft, and how many fields it has right."""
    name = f"foreign_footnotes{'_kept_back' if is_kept_back else ''}.yml"
    # BaseLoader, because the truth of a date is its text.
    cases = yaml.load((project / "tests/cases" / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases["notes"]:
        for fault in _measure(case, totals[case["kind"]]):
            if show and fault.startswith(show):
                print(f"  {fault}")
    print(f"\n(d) footnotes in other hands{', kept back' if is_kept_back else ''}")
    print(f"{'':26}" + "".join(f"{column:>12}" for column in ("cites", "drafted", "right", "fields", "fields right")))
    for kind, counts in [*sorted(totals.items()), ("all", sum(totals.values(), Counter()))]:
        cells = [counts[column] for column in ("cites", "drafted", "right", "fields", "fields right")]
        print(f"{kind:26}" + "".join(f"{cell:>12}" for cell in cells))


def _measure(case: Mapping[str, Any], total: Counter[str]) -> Iterator[str]:
    read = read_foreign(case["note"])
    drafted = [one for one in read.decisions if one.outcome == "drafted"]
    records = {record.page.key: record for record in read.records}
    works = {work.key: work.item for work in read.works}
    for number, cite in enumerate(case["cites"]):
        wanted = dict(cite.get("work", cite))
        wanted.pop("ibid", None)
        total["cites"] += 1
        total["fields"] += len(wanted)
        decision = drafted[number] if number < len(drafted) else None
        if decision is None:
            yield f"undrafted: {case['note']}"
            continue
        total["drafted"] += 1
        has = read_work(works[decision.key]) if decision.key in works else read_unit(decision.key, records)
        has["locator"] = decision.locator
        wrong = [name for name, value in wanted.items() if not _agrees(name, value, has)]
        total["fields right"] += len(wanted) - len(wrong)
        total["right"] += not wrong
        for name in wrong:
            yield f"foreign {name}: {wanted[name]!r} is {has.get(name, '')!r}: {case['note']}"


def _agrees(name: str, value: Any, has: Mapping[str, str]) -> bool:
    wanted = ", ".join(value) if isinstance(value, list) else str(value)
    if name == "leaf":
        return agrees("year", wanted, has.get("leaf", "")) or agrees("leaf", wanted, _numbers(has.get("locator", "")))
    if name == "locator":
        return _numbers(has.get("locator", "")).replace("-", "–") == wanted
    if name in ("series", "box"):
        return any(agrees("title", wanted, has.get(one, "")) for one in (name, "fonds", "file"))
    return agrees(name, wanted, has.get(name, ""))


def _numbers(place: str) -> str:
    return place.rsplit(" ", maxsplit=1)[-1] if place else ""


def read_foreign(note: str) -> ReadNotes:
    """Return a footnote as it is read in an empty edition."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "mkdocs.yml").write_text("site_name: Empty\n", encoding="utf-8")
        linked = check_edition(Path(folder)).linked
    assert linked is not None
    notes = (ManuscriptNote(1, "1", "footnote", note, note, "note 1"),)
    chapter = Chapter("a", "A", f"A sentence.{mark_note(1)}")
    return read_notes(linked, Manuscript("a.docx", title="A", chapters=(chapter,), notes=notes), {}, "original")
