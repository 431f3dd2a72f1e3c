"""What outside programs read on the pages of a small edition, and in its files.

These are Zotero's own translation server (npm: zotero-translators, of 2019), citation-js, the model of CSL-JSON in
csl-reference, rispy, pybtex, and biber with the data model of biblatex. `make tools` installs those that pip does not.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import rispy
from csl_reference import Reference
from pybtex.database import parse_string

from conftest import TESTS, load_cases
from hostile import run

pytestmark = pytest.mark.whole

READER = TESTS / "outside" / "read.js"
CASE: Mapping[str, Any] = load_cases("outside.yml")
ADDRESS = "https://example.org/edition/"
FILES = ("ris", "csl.json", "bibtex.bib", "biblatex.bib")
# Fields of ours, which BibTeX and biblatex leave alone.
OURS = ("archive", "archivelocation", "archiveplace", "recipient")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("outside")
    for name, text in CASE["files"].items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    run("build", root=root)
    return root / "site"


def text_of(site: Path, name: str) -> str:
    return (site / "downloads" / f"sources.{name}").read_bytes().decode()


@pytest.fixture(scope="module")
def read(site: Path) -> dict[str, Any]:
    """Return what Zotero and citation-js read."""
    assert (READER.parent / "node_modules").is_dir(), "make tools installs what reads them"
    asked = {
        "pages": {f"{ADDRESS}{path}": (site / path / "index.html").read_text("utf-8") for path in CASE["pages"]},
        "files": {name: text_of(site, name) for name in FILES},
    }
    done = subprocess.run(["node", READER], input=json.dumps(asked), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def plain(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item of Zotero's with its creators as the table has them."""
    creators = [
        f"{one['creatorType']}: {one.get('name') or one['lastName'] + ' | ' + one['firstName']}"
        for one in item["creators"]
    ]
    rest = {name: value for name, value in item.items() if name != "creators"}
    return rest | ({"creators": creators} if creators else {})


@pytest.mark.parametrize("path", CASE["pages"])
def test_zotero_saves_from_a_page_what_the_table_says(path: str, read: dict[str, Any]) -> None:
    found = read["pages"][f"{ADDRESS}{path}"]
    assert {"by": found["by"], "items": [plain(item) for item in found["items"]]} == CASE["pages"][path]


@pytest.mark.parametrize("name", CASE["zotero"])
def test_zotero_imports_from_a_file_what_the_table_says(name: str, read: dict[str, Any], site: Path) -> None:
    keys = [item["id"] for item in json.loads(text_of(site, "csl.json"))]
    found = dict(zip(keys, read["zotero"][name]["items"], strict=True))
    assert {key: plain(found[key]) for key in CASE["zotero"][name]} == CASE["zotero"][name]


@pytest.mark.parametrize("name", CASE["citation-js"])
def test_citation_js_reads_what_the_table_says(name: str, read: dict[str, Any]) -> None:
    found = {item["id"]: item for item in read["citation-js"][name]}
    assert {key: found[key] for key in CASE["citation-js"][name]} == CASE["citation-js"][name]


def test_each_source_has_a_title_and_its_page_in_every_program(read: dict[str, Any], site: Path) -> None:
    pages = {item["id"]: f"{ADDRESS}sources/{item['id']}/" for item in json.loads(text_of(site, "csl.json"))}
    for name in FILES:
        items = {item["id"]: item for item in read["citation-js"][name]}
        assert [key for key, page in pages.items() if page not in json.dumps(items[key])] == [], name
        assert all(item["title"] for item in read["zotero"][name]["items"]), name


def test_csl_json_is_what_the_schema_of_csl_allows(site: Path) -> None:
    names = {field.alias or name for name, field in Reference.model_fields.items()}
    for item in json.loads(text_of(site, "csl.json")):
        Reference.model_validate(item)
        assert set(item) <= names, item["id"]
        assert all(set(name) <= {"family", "given", "literal", "dropping-particle"} for name in item.get("author", []))


def test_rispy_reads_ris(site: Path) -> None:
    entries = {entry["id"]: entry for entry in rispy.loads(text_of(site, "ris"))}
    assert entries["letter"] == {
        "type_of_reference": "PCOMM", "id": "letter", "authors": ["Kapo, Hysni"],
        "secondary_authors": ["Peng Zhen", "Chinese Communist Party", "Ministry of War – Section 2"],
        "title": "Bisedë me Pengun", "translated_title": "Kapo on his talk with Peng", "year": "1960",
        "date": "1960/06/24/", "type_of_work": "letter (telegram)", "language": "sq",
        "urls": [f"{ADDRESS}sources/letter/"], "name_of_database": "AQSH", "database_provider": "AQSH, Tirana",
        "accession_number": "F. 14, V. 1960, D. 5, fl. 40–41", "abstract": "It was written at night.",
        "notes": ["Online: https://archive.example.org/scans/7"],
        # It does not know the tag of the specification for where in an archive a document lies.
        "unknown_tag": {"AV": ["F. 14, V. 1960, D. 5, fl. 40–41"]},
    }  # fmt: skip
    assert {key: entry["title"] for key, entry in entries.items() if not entry["title"]} == {}


@pytest.mark.parametrize("name", ["bibtex.bib", "biblatex.bib"])
def test_pybtex_reads_entries_with_their_persons(name: str, site: Path) -> None:
    entries = parse_string(text_of(site, name), "bibtex").entries
    letter, edited = entries["letter"], entries["edited"]
    assert [str(person) for person in letter.persons["author"]] == ["Kapo, Hysni"]
    assert [str(person) for person in edited.persons["editor"]] == ["Roe, Richard", "{Institute, Tirana}"]
    assert (letter.fields["archive"], letter.fields["url"]) == ("AQSH", f"{ADDRESS}sources/letter/")


def test_biber_finds_nothing_wrong_but_what_no_archive_has(site: Path, tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(text_of(site, "biblatex.bib"), "utf-8")
    command = ["biber", "--tool", "--validate-datamodel", "a.bib"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    said = set(re.findall(r"^(?:WARN|ERROR) - (.*)", done.stdout, re.MULTILINE))
    # Fields of ours; biblatex has the type of a letter and no field for it; an undated fonds, an unsigned document.
    expected = re.compile(
        rf".*(Field '({'|'.join(OURS)})' invalid in data model - ignoring|Invalid field '\w+' for entrytype 'letter'|"
        r"Entry 'fonds' .*Missing mandatory field - one of 'date, year' must be defined|"
        r"Entry 'minutes' .*Missing mandatory field 'author')"
    )
    assert [line for line in sorted(said) if not expected.fullmatch(line)] == []
