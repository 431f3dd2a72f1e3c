"""Export and import are inverse for CSL-JSON, biblatex and RIS, as far as each format holds what an edition says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.cli import main
from dosje.starter.starter import make_starter, write_starter
from dosje.web.page_maker import PageMaker
from dosje.web.tables import make_table, to_csv

ENDINGS = {"csl-json": "json", "biblatex": "bib", "ris": "ris"}
# What an import marks as a draft says so in exports; who knows a source through another work follows from the edition.
DERIVED = ("note", "custom")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def export(root: Path, form: str, folder: Path) -> Path:
    """Return a file with all sources of an edition."""
    path = folder / f"sources.{ENDINGS[form]}"
    path.write_bytes(run("export", form, "--project", root).stdout_bytes)
    return path


def items_of(root: Path) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in json.loads(run("export", "csl-json", "--project", root).stdout)}


def said(text: Any) -> str:
    """Return a value as it is compared: pandoc sets apostrophes and capitals of its own."""
    return json.dumps(text, ensure_ascii=False, sort_keys=True).casefold().replace("’", "'")


def changed(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    """Return which variables differ, and in which sources."""
    found: dict[str, list[str]] = {}
    for key, item in before.items():
        for name in sorted({*item, *after[key]} - {*DERIVED}):
            if said(item.get(name)) != said(after[key].get(name)):
                found.setdefault(name, []).append(key)
    return found


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("starter") / "edition"
    write_starter(root, make_starter())
    return root


@pytest.mark.parametrize("form", ENDINGS)
def test_every_source_of_the_starter_is_the_same_in_its_own_export(form: str, starter: Path, tmp_path: Path) -> None:
    done = run("import", export(starter, form, tmp_path), "--project", starter)
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["same"] * len(items_of(starter))


@pytest.mark.parametrize(
    ("form", "lost"),
    [("csl-json", {}), ("biblatex", {}), ("ris", {"title-short": ["mole-1962"]})],
)  # fmt: skip
def test_an_empty_edition_gets_every_source_of_the_starter(
    form: str, lost: dict[str, list[str]], starter: Path, tmp_path: Path
) -> None:
    root = tmp_path / "empty"
    root.mkdir()
    (root / "mkdocs.yml").write_text("site_name: Empty\n", encoding="utf-8")
    path = export(starter, form, tmp_path)
    assert run("import", "--write", "--seen", "original", path, "--project", root).exit_code == 0
    before, after = items_of(starter), items_of(root)
    assert (sorted(after), changed(before, after)) == (sorted(before), lost)
    again = run("import", path, "--project", root)
    assert {line.split()[0] for line in again.stdout.splitlines()} == {"same"}


def test_the_table_of_sources_comes_back(starter: Path, tmp_path: Path) -> None:
    checked = check_edition(starter)
    assert checked.linked and checked.style
    table = make_table(checked.linked, PageMaker(checked.linked, checked.style).title_of, "sources", is_whole=True)
    (tmp_path / "sources.csv").write_text(to_csv(table, checked.linked.phrases), encoding="utf-8", newline="")
    done = run("import", tmp_path / "sources.csv", "--project", starter)
    assert [line.split()[:3] for line in done.stdout.splitlines()] == [
        ["same", "source", key] for key, _ in table.rows if key in checked.linked.corpus.sources
    ]
    root = tmp_path / "empty"
    root.mkdir()
    (root / "mkdocs.yml").write_text("site_name: Empty\n", encoding="utf-8")
    done = run("import", "--write", "--seen", "scan", tmp_path / "sources.csv", "--project", root)
    assert [line for line in done.stdout.splitlines() if "a published work comes in from .bib" in line]
    found = items_of(root)
    assert found["fox-to-stork"]["archive_location"] == items_of(starter)["fox-to-stork"]["archive_location"]


ZOTERO = [
    {
        "id": "http://zotero.org/1", "citation-key": "kapoLetter", "type": "personal_communication",
        "title": "On the congress", "author": [{"family": "Kapo", "given": "Hysni"}],
        "recipient": [{"family": "Hoxha", "given": "Enver"}], "issued": {"date-parts": [["1960", 6, 20]]},
        "archive": "AQSH", "archive_location": "F. 14/AP, V. 1960, D. 5, fl. 40–41", "language": "sq",
        "URL": "https://example.org/scan",
    },
    {
        "id": "http://zotero.org/2", "citation-key": "kapo-minutes", "type": "manuscript", "title": "Minutes",
        "archive": "AQSH", "archive_location": "F. 14/AP, V. 1960, D. 5, fl. 44",
        "author": [{"literal": "Politburo"}], "issued": {"date-parts": [["1960"]], "circa": True},
    },
    {
        "id": "3", "citation-key": "smith2010", "type": "book", "title": "A Book", "archive": "Library of Congress",
        "publisher": "P", "author": [{"family": "Smith", "given": "J."}], "issued": {"date-parts": [["2010"]]},
    },
]  # fmt: skip


def test_items_of_zotero_that_lie_in_an_archive_are_filed_into_its_tree(edition: Edition) -> None:
    items = [*ZOTERO[1:], {**ZOTERO[0], "citation-key": "kapo-letter"}]
    root = edition({"library.json": json.dumps(items)})
    asked = run("import", "--write", root / "library.json", "--project", root)
    assert (asked.exit_code, asked.stderr.splitlines()[-1]) == (
        2, "Error: 4 archival units are new: say what you have seen of such, --seen original, scan or via",
    )  # fmt: skip
    assert not (root / "content").exists()
    done = run("import", "--write", "--seen", "scan", root / "library.json", "--project", root)
    assert done.exit_code == 0, done.output
    sources = {path.stem: path.read_text(encoding="utf-8") for path in (root / "content/sources").iterdir()}
    assert sources["kapo-letter"] == (
        "type: letter\nlevel: item\ntitle: On the congress\nauthor: [hysni-kapo]\nrecipient: [enver-hoxha]\n"
        "date: 1960-06-20\npart_of: aqsh-14-ap-1960-5\nfolios: 40–41\nlanguage: sq\ndraft: true\n"
        "url: https://example.org/scan\nseen: scan\n"
    )
    assert sources["kapo-minutes"].splitlines()[:5] == [
        "type: document", "level: item", "title: Minutes", "author: [Politburo]", "date: 1960~",
    ]  # fmt: skip
    assert sorted(sources) == ["aqsh-14-ap", "aqsh-14-ap-1960-5", "kapo-letter", "kapo-minutes"]
    assert "@book{smith2010," in (root / "bibliography/imported.bib").read_text(encoding="utf-8")


def test_a_key_that_no_record_can_have_is_said_at_its_place(edition: Edition) -> None:
    root = edition({"library.json": json.dumps(ZOTERO[:1])})
    done = run("import", root / "library.json", "--project", root)
    assert 'cannot be a key: only a-z, 0-9 and hyphens; "kapoletter" could' in done.stdout
