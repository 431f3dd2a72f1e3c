"""What an edition prints of its sources, the lookup finds: in the starter, and of a file that lies in no series."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Edition
from dosje.starter.starter import languages_of_starter, make_starter, write_starter
from printed import faults_of_notes, faults_of_sources, found_in, print_edition

pytestmark = pytest.mark.whole

STYLES = ("", "chicago-notes-bibliography", "mhra-notes", "turabian-notes-bibliography", "oscola")
LOOSE = {
    "mkdocs.yml": "site_name: S\nsite_url: https://example.org/\n",
    "content/archives.yml": (
        "aqsh: {name: Arkivi Qendror, abbreviation: AQSH, place: tirana, labels: {year: V., file: D., folio: fl.}}\n"
    ),
    "content/places.yml": "tirana: {name: Tirana}\n",
    "content/sources/file-1.yml": (
        "type: file\nlevel: file\ntitle: Messages\nrepository: aqsh\nreference: F. 14/AP\nyear: '1960'\nfile: '1'\n"
        "folios: 1–50\nseen: scan\n"
    ),
    "content/sources/letter.yml": (
        "type: letter\ntitle: Letter\nauthor: P Q\nrecipient: R S\ndate: 1960-06-24\npart_of: file-1\n"
        "folios: 12v–13r\nseen: scan\n"
    ),
    "content/essays/e.md": "---\ntitle: E\n---\nText [@file-1, fl. 3]. Text [@letter, fl. 12v]. Text [@file-1].\n",
}


@pytest.mark.parametrize("style", STYLES)
def test_what_the_starter_prints_is_found_in_each_style(style: str, tmp_path: Path) -> None:
    write_starter(tmp_path, make_starter())
    edition = print_edition(tmp_path, style)
    assert [*faults_of_sources(edition), *faults_of_notes(edition)] == []


@pytest.mark.parametrize("language", languages_of_starter())
def test_what_the_starter_prints_is_found_in_each_language(language: str, tmp_path: Path) -> None:
    write_starter(tmp_path, make_starter(language))
    edition = print_edition(tmp_path)
    faults = [*faults_of_sources(edition), *faults_of_notes(edition)]
    # Chinese names have no capitals by which writer and recipient of a short note could be told.
    assert [fault for fault in faults if language != "zh" or " only as likely" not in fault] == []


def test_a_file_that_lies_in_no_series_is_found_by_what_its_page_prints(edition: Edition) -> None:
    printed = print_edition(edition(LOOSE))
    reference = printed.references["file-1"]
    assert reference == "AQSH, F. 14/AP, V. 1960, D. 1, fl. 1–50"
    assert found_in(printed.ask(reference)) == {"file-1": "exact"}
    assert found_in(printed.ask("AQSH, F. 14/AP, V. 1960, D. 1"))["file-1"] == "exact"
    assert found_in(printed.ask("AQSH, F. 14/AP, V. 1960, D. 1, fl. 12"))["letter"] == "exact"
    assert [*faults_of_sources(printed), *faults_of_notes(printed)] == []
