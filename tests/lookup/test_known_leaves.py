"""The lookup says through which work a source is known that nobody has seen, with the place that goes with the leaf."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.citing.known_by import word_known_by
from dosje.citing.wording import SourceWords
from dosje.exporting.source_descriptions import SourceDescriptions
from dosje.lookup.answers import Index, answer_as_json, answer_as_text, cite_notes
from dosje.lookup.index import make_index
from dosje.lookup.javascript import write_engine
from dosje.lookup.known_leaves import known_through, with_known
from dosje.lookup.replies import reply_of
from dosje.lookup.sharding import unwrap_shard
from dosje.values.findings import format_findings

FILES = {
    "content/archives.yml": "aqsh: {name: Archive, abbreviation: AQSH, labels: {file: D., folio: fl.}}\n",
    "content/persons/hysni.yml": "name: {family: Kapo, given: Hysni}\n",
    "content/sources/file.yml": "{type: file, level: file, title: F, file: 1, repository: aqsh, seen: scan}\n",
    "content/sources/kapo-1960.yml": (
        "{type: letter, title: Kapo's letter, author: hysni, date: 1960-06-24, part_of: file, seen: via, "
        "via: {fl. 40: '[@marku-2019, n. 50]', fl. 41–44: '[@marku-2019, n. 54]', "
        "fl. 42: '[@marku-2019, n. 60; @luthi-2008, 3]', rest: '[@luthi-2008, 9]'}}\n"
    ),
    "content/sources/hoxha-1960.yml": (
        "{type: minutes, title: Minutes, date: 1960-06-25, part_of: file, seen: via, via: '[@marku-2019, n. 55]'}\n"
    ),
    "content/sources/scan-1961.yml": "{type: minutes, title: Protocol, date: 1961, part_of: file, seen: scan}\n",
    "bibliography/a.bib": (
        "@book{marku-2019, author = {Marku, Ylber}, title = {Crisis}, publisher = {P}, date = {2019}}\n"
        "@book{luthi-2008, author = {Lüthi, Lorenz}, title = {Split}, publisher = {P}, date = {2008}}\n"
        "@book{far-1990, author = {Far, Ann}, title = {Away}, publisher = {P}, date = {1990},\n"
        "  seen = {via}, via = {[@marku-2019, n. 7]}}\n"
    ),
}
MARKU, LUTHI = "Ylber Marku, Crisis (P, 2019)", "Lorenz Lüthi, Split (P, 2008)"


def open_small_index(edition: Edition, setting: str) -> Index:
    """Return the index of the edition, with the words that a build makes for its sources."""
    checked = check_edition(edition(FILES | {"mkdocs.yml": f"site_name: A\nextra: {{dosje: {{{setting}}}}}\n"}))
    assert checked.linked and checked.style, format_findings(checked.findings)
    words = SourceWords(checked.linked, checked.style)
    keys = [*checked.linked.corpus.sources, *checked.linked.corpus.works]
    known = word_known_by(checked.linked, words, keys)
    described = SourceDescriptions(words.works, words.word_in_full(keys), {}, known_by=known)
    shards = make_index(checked.linked, described)
    return Index(Path(), {Path(path).stem: unwrap_shard(text) for path, text in shards.items()}, checked.linked.phrases)


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("@kapo-1960, fl. 40", f"cited in {MARKU}, n. 50"),
        ("@kapo-1960, fl. 43", f"cited in {MARKU}, n. 54"),
        # The fewest leaves that hold it; two works there.
        ("@kapo-1960, fl. 42", f"cited in {MARKU}, n. 60; {LUTHI}, 3"),
        ("@kapo-1960, fl. 99", f"cited in {LUTHI}, 9"),
        ("@kapo-1960", f"cited in {LUTHI}, 9"),
        ("@hoxha-1960, fl. 3", f"cited in {MARKU}, n. 55"),
        ("@hoxha-1960", f"cited in {MARKU}, n. 55"),
        ("@far-1990, 12", f"cited in {MARKU}, n. 7"),
        ("@scan-1961, fl. 2", ""),
        ("@marku-2019, n. 50", ""),
    ],
)
def test_an_answer_says_the_place_that_goes_with_the_leaf_in_words_and_as_data(
    note: str, expected: str, edition: Edition
) -> None:
    index = open_small_index(edition, "via_in_notes: true")
    (answer,) = cite_notes([note], index)
    (match,) = answer["citations"][0]["matches"]
    assert match["known_through"] == expected
    assert match["words"].partition(", cited in ")[2] == expected.removeprefix("cited in ")
    assert ("cited in" in answer_as_text(answer, index)) == bool(expected)
    assert json.loads(answer_as_json(answer))["citations"][0]["matches"][0]["known_through"] == expected
    assert reply_of(answer).citations[0].matches[0].known_through == expected


@pytest.mark.browser
def test_the_browser_says_the_same(browser: Browser, edition: Edition) -> None:
    index = open_small_index(edition, "via_in_notes: true")
    notes = [f"@kapo-1960, fl. {leaves}" for leaves in ("40", "42", "43", "40–43", "99")] + [
        "@hoxha-1960",
        "@scan-1961",
    ]
    page = browser.new_page()
    page.add_script_tag(content=write_engine(index.phrases))
    ask = (
        "([notes, shards]) => notes.map(note => dosjeLookup.look_up(note, null, shards).citations[0].matches[0].words)"
    )
    found = page.evaluate(ask, [notes, index.shards])
    page.close()
    assert found == [answer["citations"][0]["matches"][0]["words"] for answer in cite_notes(notes, index)]


def test_an_answer_says_it_only_if_the_notes_of_the_edition_do(edition: Edition) -> None:
    (answer,) = cite_notes(["@kapo-1960, fl. 40"], open_small_index(edition, "via_in_notes: false"))
    (match,) = answer["citations"][0]["matches"]
    assert (match["known_through"], "cited in" in match["words"]) == ("", False)


def test_leaves_that_share_some_with_two_places_have_both_each_once() -> None:
    one, two = "cited in A, n. 1", "cited in A, n. 2"
    known = {"whole": "", "rest": "cited in B", "leaves": [([1, 4], one), ([5, 9], two), ([7, 12], two)]}
    assert known_through(known, [[3, 6]]) == f"{one}; {two}"  # type: ignore[arg-type]
    assert known_through(known, [[1, 2], [13, 13]]) == one  # type: ignore[arg-type]
    assert known_through(known, [[13, 13]]) == "cited in B"  # type: ignore[arg-type]


def test_nothing_is_set_behind_words_that_are_not_there() -> None:
    assert with_known("", "cited in A") == ""
    assert with_known("Kapo, fl. 3", "cited in A") == "Kapo, fl. 3, cited in A"
    assert with_known("Kapo, fl. 3.", "cited in A") == "Kapo, fl. 3, cited in A."
