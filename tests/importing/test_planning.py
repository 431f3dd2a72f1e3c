"""The plan of an import: new, same, different, not understood; and files in which nothing changes that was there."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.importing.incoming import Brought, IncomingRecord, IncomingWork, NotUnderstood
from dosje.importing.plan import Plan
from dosje.importing.planning import ImportPlanError, UnsaidSeenError, require_seen
from dosje.importing.planning import make_plan as plan_all
from dosje.importing.trial import hold_plan
from dosje.reading.corpus import Corpus
from dosje.system.writing import write_together
from dosje.values.page_id import PageId

FILES = {
    "content/places.yml": "# Places, by hand.\nden:   # Fox lives here\n  name: Den\n\nnest: {name: Nest}",
    "content/persons/fox.yml": "name: {family: Fox}\nborn: 1890  # says Owl\nformerly: [old-fox]\n",
    "bibliography/works.bib": "@book{owl1950,\n  author = {Owl, A.},\n  title = {On {Soup} Plates},\n  date = {1950},\n"
    "  doi = {10.1/Soup},\n}\n",
}
BOOK: dict[str, Any] = {"id": "mole1962", "type": "book", "title": "Plates & Beaks",
        "author": [{"family": "Mole", "given": "B."}],
        "issued": {"date-parts": [[1962]]}}  # fmt: skip


@pytest.fixture
def root(edition: Edition) -> Path:
    return edition(FILES)


def corpus_of(root: Path) -> Corpus:
    checked = check_edition(root)
    assert checked.corpus is not None and not checked.has_errors, checked.findings
    return checked.corpus


def record(kind: str, key: str, fields: Mapping[str, Any], place: str = "a.csv:2", body: str = "") -> IncomingRecord:
    return IncomingRecord(PageId(kind, key), fields, place, body)


def make_plan(
    corpus: Corpus, records: Sequence[IncomingRecord] = (), works: Sequence[IncomingWork] = (), **more: Any
) -> Plan:
    return plan_all(corpus, Brought(tuple(records), tuple(works), **more))


def told(plan: Plan) -> list[tuple[str, str, str]]:
    return [(row.state, row.key, row.note) for row in plan.rows]


def write(root: Path, plan: Plan) -> None:
    write_together({root / path: raw for path, raw in plan.files.items()})


def test_new_records_become_files_and_entries_of_lists_whose_text_stays(root: Path) -> None:
    records = [
        record("person", "stork", {"born": "1891", "name": {"family": "Stork"}}),
        record("place", "meadow", {"name": "Meadow", "description": "Green [@owl1950, 3]."}, "a.csv:10"),
        record("place", "oak", {"name": "Oak", "part_of": "meadow"}, "a.csv:9"),
        record("essay", "dinner", {"title": "A: B"}, "b.md", "Text.\n"),
    ]
    plan = make_plan(corpus_of(root), records)
    assert told(plan) == [("new", "stork", ""), ("new", "oak", ""), ("new", "meadow", ""), ("new", "dinner", "")]
    assert {path: raw.decode() for path, raw in plan.files.items()} == {
        "content/essays/dinner.md": '---\ntitle: "A: B"\n---\n\nText.\n',
        "content/persons/stork.yml": "name: {family: Stork}\nborn: 1891\n",
        "content/places.yml": FILES["content/places.yml"]
        + "\n\nmeadow:\n  name: Meadow\n  description: Green [@owl1950, 3].\noak:\n  name: Oak\n  part_of: meadow\n",
    }
    write(root, plan)
    again = make_plan(corpus_of(root), records)
    assert ({row.state for row in again.rows}, again.files) == ({"same"}, {})


def test_a_record_that_is_there_stays_and_what_differs_is_said(root: Path) -> None:
    plan = make_plan(corpus_of(root), [
        record("person", "fox", {"name": {"family": "Fox"}, "born": "1890"}, "a.csv:2"),
        record("person", "fox", {"name": {"family": "Fox"}, "born": "1891", "died": "1950"}, "a.csv:3"),
        record("person", "old-fox", {"name": {"family": "Fox"}}, "a.csv:4"),
        record("source", "fox", {"type": "letter", "title": "T", "seen": "scan"}, "a.csv:5"),
        record("person", "crow", {"name": {"family": "Crow"}}, "a.csv:6"),
        record("person", "crow", {"name": {"family": "Crow"}}, "a.csv:7"),
        record("person", "crow", {"name": {"family": "Other"}}, "a.csv:8"),
    ])  # fmt: skip
    assert told(plan) == [
        ("same", "fox", ""),
        ("different", "fox", 'born: "1890" in the edition, "1891" in the file; '
         'died: nothing in the edition, "1950" in the file'),
        ("same", "old-fox", ""),
        ("different", "fox", '"fox" is the key of a person'),
        ("new", "crow", ""),
        ("same", "crow", ""),
        ("different", "crow", '"crow" is also the key of what stands in a.csv:6'),
    ]  # fmt: skip
    assert list(plan.files) == ["content/persons/crow.yml"]


def test_what_is_no_record_is_not_understood_at_its_place(root: Path) -> None:
    plan = make_plan(
        corpus_of(root),
        [record("person", "crow", {"name": {"family": "Crow"}, "born": "199"}, "a.csv:2"),
         record("person", "A Crow", {"name": {"family": "Crow"}}, "a.csv:3"),
         record("person", "jay", {"family": "Jay"}, "a.csv:4")],
        not_understood=(NotUnderstood("a.csv:5:2", "soon", "this is no date"),),
    )  # fmt: skip
    assert [(row.state, row.place) for row in plan.rows] == [
        ("not understood", f"a.csv:{at}") for at in ("2", "3", "4", "5:2")
    ]
    assert plan.rows[0].note == '"199" is not an EDTF date (write 1960, 1960-06 or 1960-06-24)'
    assert plan.rows[1].note == '"A Crow" cannot be a key: only a-z, 0-9 and hyphens; "a-crow" could'
    assert plan.rows[3].note == "this is no date: soon"
    assert plan.files == {}


def test_works_go_behind_those_that_were_imported_before(root: Path) -> None:
    works = [
        IncomingWork("mole1962", BOOK, "a.json:1"),
        IncomingWork("x", {**BOOK, "title": "2"}, "a.json:2", "@book{x}"),
    ]
    first = make_plan(corpus_of(root), works=works[:1])
    entry = "@book{mole1962,\n  author = {Mole, B.},\n  title = {{Plates \\& Beaks}},\n  date = {1962},\n}\n"
    assert first.files == {"bibliography/imported.bib": entry.encode()}
    write(root, first)
    plan = make_plan(
        corpus_of(root), works=[*works, IncomingWork("jay", {**BOOK, "id": "jay", "title": "3"}, "a.json:3")]
    )
    assert told(plan) == [("same", "mole1962", ""), ("new", "x", ""), ("new", "jay", "")]
    assert plan.files["bibliography/imported.bib"].decode().startswith(f"{entry}\n@book{{x}}")


def test_a_work_is_known_by_its_doi_or_its_author_year_and_title(root: Path) -> None:
    owl = {"id": "owl", "type": "book", "title": "On soup plates", "author": [{"family": "Owl", "given": "A."}]}
    brought: list[tuple[dict[str, Any], str]] = [
        ({**owl, "id": "owl1950", "issued": {"date-parts": [[1950]]}}, ""),
        ({**owl, "id": "owl1950", "issued": {"date-parts": [[1950]]}, "publisher": "Barn"},
         'publisher: nothing in the edition, "Barn" in the file'),
        ({**owl, "issued": {"date-parts": [[1950]]}}, 'the edition has it as "owl1950"'),
        ({**owl, "title": "Soup", "DOI": "10.1/soup"}, 'the edition has it as "owl1950"'),
        ({**owl, "issued": {"date-parts": [[1951]]}}, ""),
    ]  # fmt: skip
    works = [IncomingWork(item["id"], item, f"a:{n}") for n, (item, _) in enumerate(brought)]
    plan = make_plan(corpus_of(root), works=works)
    assert [row.state for row in plan.rows] == ["same", "different", "same", "same", "new"]
    assert [row.note for row in plan.rows] == [note for _, note in brought]


def test_a_picture_that_is_there_stays(root: Path) -> None:
    assets = root / "content" / "assets"
    assets.mkdir()
    (assets / "a.txt").write_bytes(b"old")
    pictures = {"assets/a.txt": b"new", "assets/b.txt": b"b"}
    plan = make_plan(corpus_of(root), pictures=pictures)
    assert [(row.state, row.key) for row in plan.rows] == [("different", "assets/a.txt"), ("new", "assets/b.txt")]
    assert plan.files == {"content/assets/b.txt": b"b"}
    assert told(make_plan(corpus_of(root), pictures={"assets/a.txt": b"old"})) == [("same", "assets/a.txt", "")]


def test_archival_units_are_not_written_before_somebody_says_what_was_seen(root: Path) -> None:
    fields = {"type": "letter", "title": "T", "seen": "unknown"}
    brought = Brought((record("source", "a", fields), record("source", "b", {**fields, "seen": "scan"})))
    plan = plan_all(corpus_of(root), brought)
    with pytest.raises(UnsaidSeenError, match=r"1 archival unit is new: .* --seen original, scan or via"):
        require_seen(plan, brought)
    require_seen(plan, Brought(brought.records[1:]))


@pytest.mark.parametrize("name", ["../a.png", "/a.png", "assets/../../../a.png"])
def test_a_picture_does_not_lead_out_of_the_edition(root: Path, name: str) -> None:
    with pytest.raises(ImportPlanError):
        make_plan(corpus_of(root), pictures={name: b"x"})


def test_nothing_is_written_through_a_link_that_leads_out(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    corpus = corpus_of(root)
    os.symlink(tmp_path_factory.mktemp("outside"), root / "content" / "events")
    with pytest.raises(ImportPlanError, match=r"content/events/e\.yml leads out of the edition"):
        make_plan(corpus, [record("event", "e", {"title": "E", "kind": "press", "date": "1901"})])


def test_a_plan_that_would_break_the_edition_is_found_out_and_the_edition_stays(root: Path) -> None:
    corpus = corpus_of(root)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and ".build" not in path.parts}
    plan = make_plan(
        corpus, [record("source", "soup", {"type": "letter", "title": "T", "seen": "scan", "part_of": "no"})]
    )
    with pytest.raises(ImportPlanError) as raised:
        hold_plan(corpus.settings, plan, root / ".build" / "trial")
    assert str(raised.value) == (
        'a.csv:2: unknown-source: no source has the key "no" (content/sources/soup.yml:3:10)\n'
        "  hint: write content/sources/no.yml or add it to bibliography/\n"
        "nothing was written: the edition would have these errors"
    )
    after = {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and ".build" not in path.parts}
    assert after == before
