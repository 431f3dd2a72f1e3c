"""A foreign edition for tests of the lookup: three countries' archives, and works that are easily taken for others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dosje.checking.edition import check_edition
from dosje.citing.works import read_all_works
from dosje.edition.links import LinkedCorpus
from dosje.exporting.source_descriptions import SourceDescriptions
from dosje.lookup.answered import Answer
from dosje.lookup.hits import NOTHING_BEFORE
from dosje.lookup.index import make_index
from dosje.lookup.search import answer_note
from dosje.lookup.sharding import unwrap_shard
from dosje.values.findings import format_findings
from english import ENGLISH

FILE_FIELDS = "level: file, type: file, seen: scan"
_ITEM = "level: item, seen: scan"
FILES = {
    "mkdocs.yml": "site_name: A foreign edition\nsite_url: https://example.org/f\n",
    "content/archives.yml": (
        "tna:\n  name: The National Archives\n  abbreviation: TNA\n  place: kew\n"
        "  variants: [Public Record Office, PRO]\n  labels: {file: '', folio: fol.}\n"
        "barch:\n  name: Bundesarchiv\n  language: de\n  english: Federal Archives\n  abbreviation: BArch\n"
        "  variants: [Zentrales Staatsarchiv]\n  labels: {file: Nr., folio: Bl.}\n"
    ),
    "content/places.yml": "kew: {name: Kew}\n",
    "content/persons/henry-dove.yml": "name: {family: Dove, given: Henry}\n",
    "content/persons/ann-pike.yml": "name: {family: Pike, given: Ann}\n",
    "content/sources/fo-371.yml": (
        "{type: fonds, level: fonds, title: Political departments, reference: FO 371, repository: tna, seen: scan}\n"
    ),
    "content/sources/fo-371-15.yml": "{title: Norway, file: 15, year: 1962, part_of: fo-371, " + FILE_FIELDS + "}\n",
    "content/sources/first-letter.yml": (
        "{type: letter, title: On herring, author: henry-dove, recipient: ann-pike, date: 1962-03-04, folios: 3–5, "
        "part_of: fo-371-15, " + _ITEM + "}\n"
    ),
    "content/sources/second-letter.yml": (
        "{type: letter, title: On cod, author: henry-dove, recipient: ann-pike, date: 1962-03-04, folios: 8–9, "
        "part_of: fo-371-15, " + _ITEM + "}\n"
    ),
    "content/sources/bundle.yml": (
        "{type: letter, title: Letters on the harbour, author: henry-dove, recipient: ann-pike, date: 1961, "
        "folios: 20–60, part_of: fo-371-15, " + _ITEM + "}\n"
    ),
    "content/sources/harbour-minutes.yml": (
        "{type: minutes, title: Minutes of the harbour board, date: 1963-07-08, folios: 1–2, part_of: fo-371-15, "
        + _ITEM
        + "}\n"
    ),
    "content/sources/dc-20.yml": (
        "{type: fonds, level: fonds, title: Ministerrat, reference: DC 20, repository: barch, seen: scan}\n"
    ),
    "content/sources/dc-20-7.yml": "{title: Fischerei, file: 7, part_of: dc-20, " + FILE_FIELDS + "}\n",
    "content/sources/fangbericht.yml": (
        "{type: report, title: Bericht über den Heringsfang, date: 1958-05-06, folios: 11–14, part_of: dc-20-7, "
        + _ITEM
        + "}\n"
    ),
    "bibliography/works.bib": r"""
@book{dove-sea, author = {Dove, Henry}, title = {The Cold Sea}, date = {1998}, location = {Oslo}, publisher = {Fjord},
  edition = {2}}
@book{pike-memoirs-2, author = {Pike, Ann}, title = {Memoirs of a Minister}, volume = {2}, date = {1971},
  location = {London}}
@article{pike-fish, author = {Pike, Ann}, title = {Herring and Diplomacy}, journaltitle = {Journal of the North},
  volume = {12}, number = {3}, pages = {44--71}, date = {1984}}
@collection{holm-coast, editor = {Holm, Eva}, title = {The Coast at War}, date = {2003}, location = {Bergen}}
@incollection{ruud-coast, author = {Ruud, Per}, title = {Nets and Mines}, booktitle = {The Coast at War},
  editor = {Holm, Eva}, pages = {101--130}, date = {2003}, location = {Bergen}}
@incollection{dove-storm, author = {Dove, Henry}, title = {Winter Storms at Bergen}, booktitle = {Weather and State},
  editor = {Lund, Ida}, pages = {9--30}, date = {1990}}
@book{berg-nets, author = {Berg, Olav}, title = {Nets and Mines of the Northern Sea and Coast}, date = {1967}}
@book{dove-life, author = {Dove, Henry}, title = {Life and Letters of Henry Dove}, date = {1977}}
@book{documents-5, editor = {Berg, Olav}, title = {Documents on Northern Policy}, volume = {5}, part = {2},
  date = {1966}}
""",
}


def link_edition(root: Path, files: Mapping[str, str] = FILES) -> LinkedCorpus:
    """Return an edition that has these files in a folder; by default the foreign one."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    checked = check_edition(root)
    assert checked.linked, format_findings(checked.findings)
    return checked.linked


def index_of(files: Mapping[str, str], root: Path) -> dict[str, Any]:
    """Return the shards of the index of an edition that has these files, by name."""
    linked = link_edition(root, files)
    settings = linked.corpus.settings
    works = read_all_works(linked.corpus.bib_files, settings.locale, settings.means, linked.phrases)
    made = make_index(linked, SourceDescriptions(works, {}, {}))
    return {path.rpartition("/")[2].removesuffix(".js"): unwrap_shard(text) for path, text in made.items()}


def ask_all(shards: dict[str, Any], *notes: str) -> list[Answer]:
    """Return the answers to notes that stand one behind the other."""
    answers: list[Answer] = []
    for note in notes:
        answers.append(answer_note(note, answers[-1]["memory"] if answers else NOTHING_BEFORE, shards, ENGLISH))
    return answers


def found_in(answer: Answer) -> list[list[str]]:
    """Return for each cite of an answer what was found, as "exact: key"."""
    return [[f"{match['confidence']}: {match['key']}" for match in cite["matches"]] for cite in answer["citations"]]
