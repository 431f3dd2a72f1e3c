"""Each export, laid into bibliography/ of an empty edition, reads back the same, as far as its format holds it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from conftest import load_cases
from dosje.checking.edition import check_edition
from dosje.citing.works import read_all_works
from dosje.exporting.formats import FORMATS, export_sources, exportable_keys
from dosje.exporting.items import Item
from dosje.values.findings import format_findings

CASE: Mapping[str, Any] = load_cases("outside.yml")
# What every format holds of a source.
HELD = (
    "title", "author", "editor", "recipient", "issued", "archive", "archive_location", "archive-place", "language",
    "URL", "abstract", "publisher", "publisher-place", "DOI", "ISBN", "ISSN", "volume", "issue", "container-title",
    "collection-title",
)  # fmt: skip
# Of each format: the file, and the type as which it gives back another; RIS has one type for all manuscripts.
ENDINGS = {
    "biblatex": ("a.bib", {"minutes": "manuscript", "file": "document", "fonds": "document"}),
    "bibtex": ("a.bib", {"minutes": "document", "file": "document", "fonds": "document", "report": "document"}),
    "csl-json": ("a.json", {}),
    "ris": ("a.ris", {"minutes": "manuscript", "file": "manuscript", "fonds": "manuscript"}),
}


def write(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode())
    return root


def export(root: Path, form: str) -> str:
    checked = check_edition(root)
    assert checked.linked and not checked.has_errors, format_findings(checked.findings)
    settings, linked = checked.linked.corpus.settings, checked.linked
    works = read_all_works(linked.corpus.bib_files, settings.locale, settings.means, settings.phrases)
    return export_sources(linked, works, FORMATS[form], exportable_keys(linked))


def items_of(root: Path) -> dict[str, Item]:
    return {item["id"]: item for item in json.loads(export(root, "csl-json"))}


def held_of(item: Item) -> Item:
    """Return what every format holds: a name in its own order is whole, and a title has the capitals of its style."""
    found = {name: item[name] for name in HELD if name in item}
    for role in ("author", "editor", "recipient"):
        if role in found:
            found[role] = [{"literal": one["literal"]} if "literal" in one else one for one in found[role]]
    return found | {name: found[name].casefold() for name in ("title", "container-title") if name in found}


def _without_commas(item: Item) -> Item:
    whole = {role: item[role] for role in ("author", "editor", "recipient") if role in item}
    return {
        role: [{"literal": one["literal"].replace(", ", " – ")} if "literal" in one else one for one in people]
        for role, people in whole.items()
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("first"), CASE["files"])


@pytest.mark.parametrize("form", ENDINGS)
def test_an_export_is_read_back_as_what_it_says(form: str, first: Path, tmp_path: Path) -> None:
    name, types = ENDINGS[form]
    once = items_of(first)
    text = export(first, form)
    root = write(tmp_path, {"mkdocs.yml": "site_name: Empty\n", f"bibliography/{name}": text})
    twice = items_of(root)
    expected = {key: held_of(item) for key, item in once.items()}
    if form == "ris":  # there a comma within a name of one piece would end its family name
        expected = {key: item | _without_commas(item) for key, item in expected.items()}
    assert {key: held_of(item) for key, item in twice.items()} == expected
    changed = {key: item["type"] for key, item in twice.items() if item["type"] != once[key]["type"]}
    assert changed == {key: kind for key, kind in types.items() if kind != once[key]["type"]}


@pytest.mark.parametrize("form", ["biblatex", "bibtex"])
def test_what_was_read_back_is_written_as_it_was(form: str, first: Path, tmp_path: Path) -> None:
    text = export(first, form)
    root = write(tmp_path, {"mkdocs.yml": "site_name: Empty\n", "bibliography/a.bib": text})
    # An entry of BibTeX goes on as one of biblatex. The page in an edition is not kept: it is that edition's own.
    again = export(root, "biblatex")
    if form == "biblatex":
        kept = "".join(line for line in text.splitlines(keepends=True) if "annotation = " not in line)
        assert again == kept
    assert "archivelocation = {F. 14, V. 1960, D. 5, fl. 40–41}" in again
