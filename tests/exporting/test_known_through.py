"""Exports say through which work a source is known that nobody has seen, where notes say it."""

from __future__ import annotations

import pytest

from conftest import Edition
from dosje.citing.works import read_all_works
from dosje.edition.links import link_corpus
from dosje.exporting.biblatex import entry_of_work
from dosje.exporting.csl_json import item_of_source
from dosje.exporting.ris import format_ris
from dosje.reading.record_files import read_corpus
from dosje.reading.settings_file import read_settings

FILES = {
    "bibliography/a.bib": "@book{marku, author = {Marku, Ylber}, title = {Crisis}, date = {2019}}\n",
    "content/sources/kapo.yml": (
        "{type: letter, title: K, seen: via, via: {fl. 40: '[@marku, n. 50]', fl. 41: '[@marku, n. 54]'}}\n"
    ),
    "bibliography/b.bib": (
        "@book{far, author = {Far, Ann}, title = {Away}, date = {1990}, seen = {via}, via = {[@marku, n. 7]}}\n"
        "@book{near, author = {Near, Al}, title = {Here}, note = {Second printing}, crossref = {set}, seen = {via},\n"
        "  via = {[@marku, n. 8]}}\n"
        "@mvbook{set, title = {Set}, date = {1991}}\n"
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


def test_works_say_it_too_but_not_where_a_bibliography_would_print_it(edition: Edition) -> None:
    config = "site_name: A\nsite_url: https://example.org/\nextra: {dosje: {via_in_notes: true}}\n"
    settings, _ = read_settings(edition(FILES | {"mkdocs.yml": config}))
    assert settings
    linked = link_corpus(read_corpus(settings)[0])
    works = read_all_works(linked.corpus.bib_files, settings.locale, settings.means, linked.phrases)
    items = {key: item_of_source(linked, works, key) for key in ("far", "near", "marku")}
    assert {key: item.get("note") for key, item in items.items()} == {
        "far": "cited in Marku, Crisis, n. 7",
        "near": "Second printing; cited in Marku, Crisis, n. 8",
        "marku": None,
    }
    said = "N1  - cited in Marku, Crisis, n. 7\r\n"
    assert [said in format_ris([item], linked.phrases) for item in items.values()] == [True, False, False]
    entries = {
        key: entry_of_work(linked.corpus.works[key], "", item, linked.phrases).fields for key, item in items.items()
    }
    assert {key: fields.get("note") for key, fields in entries.items()} == {
        "far": None,
        "near": "Second printing",
        "marku": None,
    }
    assert entries["far"]["annotation"] == "cited in Marku, Crisis, n. 7. A: https://example.org/sources/far/"
    assert entries["near"]["annotation"] == "cited in Marku, Crisis, n. 8. A: https://example.org/sources/near/"
