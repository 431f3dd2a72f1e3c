"""The edition as JSON, and each page in the words of schema.org: a small edition with every kind of record."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from conftest import CASES
from dosje.checking.edition import check_edition
from dosje.citing.works import read_works
from dosje.edition.links import LinkedCorpus
from dosje.exporting.edition_json import format_json, json_of_edition, json_of_source, source_files
from dosje.exporting.jsonld import Describer
from dosje.exporting.source_descriptions import SourceDescriptions
from dosje.values.findings import format_findings
from dosje.values.metadata import Meta
from small_archive import FILES

KEPT = CASES / "small_archive.json"


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> LinkedCorpus:
    root = tmp_path_factory.mktemp("small")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    checked = check_edition(root)
    assert checked.linked, format_findings(checked.findings)
    return checked.linked


@pytest.fixture(scope="module")
def works(linked: LinkedCorpus) -> dict[str, Meta]:
    (bib,) = linked.corpus.bib_files
    return dict(read_works(bib, "en-GB", linked.corpus.settings.means))


@pytest.fixture(scope="module")
def described(linked: LinkedCorpus, works: dict[str, Meta]) -> SourceDescriptions:
    calls = [(call.page, call.label) for own in linked.calls_by_page.values() for call in own]
    numbers = {call: at for at, call in enumerate(calls, start=1)}
    return SourceDescriptions(works, {"letter": "Kapo to Hoxha."}, numbers, {"letter": {"id": "letter"}})


def describe_all(linked: LinkedCorpus, works: dict[str, Meta]) -> dict[str, Any]:
    """Return what each page says in schema.org's words, by kind and key."""
    describer = Describer(linked, lambda page: f"The {page.key}", lambda page: f"https://a/{page.kind}/{page.key}/")
    records = [record for own in linked.corpus.by_kind.values() for record in own.values()]
    said = {f"{record.kind} {record.key}": describer.describe(record) for record in records}
    said |= {f"work {key}": describer.describe_work(work, works[key]) for key, work in linked.corpus.works.items()}
    for name, is_home in (("home", True), ("list", False)):
        said[name] = describer.describe_list(f"A {name}", f"https://a/{name}/", is_home=is_home)
    assert not any(sign in text for text in said.values() for sign in "<>&")
    return {name: json.loads(text) for name, text in said.items()}


@pytest.mark.parametrize("name", ["edition", "schema.org"])
def test_every_field_of_every_kind_of_record_is_there_as_it_was(
    name: str,
    linked: LinkedCorpus,
    described: SourceDescriptions,
    works: dict[str, Meta],
    request: pytest.FixtureRequest,
) -> None:
    made = json_of_edition(linked, described) if name == "edition" else describe_all(linked, works)
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {}
    if request.config.getoption("--update-golden"):
        KEPT.write_text(json.dumps(kept | {name: made}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    else:
        assert made == kept[name], "read the change, then accept it with pytest --update-golden"


def test_a_source_is_a_file_of_its_own_with_the_version(linked: LinkedCorpus, described: SourceDescriptions) -> None:
    files = source_files(linked, described)
    assert list(files) == [
        f"sources/{key}/index.json" for key in ("article", "book", "file", "fonds", "letter", "loose")
    ]
    assert files["sources/book/index.json"] == format_json({"version": 1} | json_of_source(linked, described, "book"))
    assert files["sources/book/index.json"].startswith('{\n "version": 1,\n "key": "book",\n')
    assert "Lüthi" in files["sources/book/index.json"]


def test_where_a_page_is_and_where_its_unit_can_be_seen_are_two_things(
    linked: LinkedCorpus, described: SourceDescriptions
) -> None:
    record = linked.corpus.sources["letter"]
    seen = replace(record, model=record.model.model_copy(update={"url": "https://archive.example.org/7"}))
    kinds = {**linked.corpus.by_kind, "source": {**linked.corpus.sources, "letter": seen}}
    made = json_of_source(replace(linked, corpus=replace(linked.corpus, by_kind=kinds)), described, "letter")
    assert (made["url"], made["see"]) == ("https://example.org/e/sources/letter/", "https://archive.example.org/7")


def test_without_an_address_pages_are_named_from_the_root(linked: LinkedCorpus, described: SourceDescriptions) -> None:
    settings = replace(linked.corpus.settings, site_url="")
    found = json_of_source(replace(linked, corpus=replace(linked.corpus, settings=settings)), described, "book")
    assert found["url"] == "sources/book/"
    assert found["cited_in"][0]["url"].startswith("meetings/bucharest/#fnref:book-page-12")


def test_a_note_that_no_page_has_is_number_nought_and_what_nobody_described_is_named_by_its_key(
    linked: LinkedCorpus,
) -> None:
    found = json_of_source(linked, SourceDescriptions({}, {}, {}), "book")
    assert {cited["note"] for cited in found["cited_in"]} == {0}
    assert (found["words"], found["csl"], found["title"]) == ("", None, "book")
