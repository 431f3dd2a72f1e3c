"""Exports say through which work a source is known that nobody has seen, where notes say it."""

from __future__ import annotations

import pytest

from conftest import Edition
from dosje.citing.works import read_all_works
from dosje.edition.links import link_corpus
from dosje.exporting.csl_json import item_of_source
from dosje.exporting.ris import format_ris
from dosje.reading.record_files import read_corpus
from dosje.reading.settings_file import read_settings

FILES = {
    "bibliography/a.bib": "@book{marku, author = {Marku, Ylber}, title = {Crisis}, date = {2019}}\n",
    "content/sources/kapo.yml": (
        "{type: letter, title: K, seen: via, via: {fl. 40: '[@marku, n. 50]', fl. 41: '[@marku, n. 54]'}}\n"
    ),
    "content/sources/scan.yml": "{type: letter, title: S, seen: scan}\n",
}


@pytest.mark.parametrize(
    ("setting", "expected"), [("true", ["cited in Marku, Crisis, n. 50, 54", None]), ("false", [None, None])]
)
def test_csl_json_says_it_in_its_note_and_ris_in_n1(setting: str, expected: list[str | None], edition: Edition) -> None:
    config = f"site_name: A\nextra: {{dosje: {{via_in_notes: {setting}}}}}\n"
    settings, _ = read_settings(edition(FILES | {"mkdocs.yml": config}))
    assert settings
    linked = link_corpus(read_corpus(settings)[0])
    works = read_all_works(linked.corpus.bib_files, settings.locale, settings.means, linked.phrases)
    items = [item_of_source(linked, works, key) for key in ("kapo", "scan")]
    assert [item.get("note") for item in items] == expected
    assert ["N1  - cited in Marku" in format_ris([item], linked.phrases) for item in items] == [
        setting == "true",
        False,
    ]
