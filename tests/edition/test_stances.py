"""How cites stand to their sources: only what supports counts as what rests on one; a bundle has all that was said."""

from __future__ import annotations

import pytest

from conftest import Edition
from dosje.edition.links import LinkedCorpus, link_corpus
from dosje.edition.stances import stance_of
from dosje.phrases.phrase_files import read_phrases
from dosje.reading.record_files import read_corpus
from dosje.reading.settings_file import read_settings


@pytest.mark.parametrize(
    ("locale", "prefix", "expected"),
    [
        ("en-GB", "", "supports"),
        ("en-GB", "see also", "supports"),
        ("en-GB", "So too", "supports"),
        ("en-GB", "But see", "disputes"),
        ("en-GB", "but cf.", "disputes"),
        ("en-GB", "*contra*", "disputes"),
        ("en-GB", "*pace*", "disputes"),
        ("en-GB", "cf.", "mentions"),
        ("en-GB", "Compare also", "mentions"),
        ("en-GB", "contrary to none, see", "supports"),
        ("de-DE", "Vgl.", "mentions"),
        ("de-DE", "anders", "disputes"),
        ("fr-FR", "mais voir", "disputes"),
        ("ru-RU", "ср.", "mentions"),
        ("sq-AL", "por shih", "disputes"),
        ("it-IT", "cfr.", "mentions"),
        ("es-ES", "pero véase", "disputes"),
    ],
)
def test_the_words_before_a_cite_say_how_it_stands(locale: str, prefix: str, expected: str) -> None:
    assert stance_of(prefix, read_phrases(locale)) == expected


def link(edition: Edition, text: str, **more: str) -> LinkedCorpus:
    files = {
        "mkdocs.yml": "site_name: A\n",
        "bibliography/a.bib": "@book{a, title = {A}}\n@book{b, title = {B}}\n@book{c, title = {C}}\n",
        "content/essays/e.md": f"---\ntitle: E\n---\n{text}\n",
        **more,
    }
    read, _ = read_settings(edition(files))
    assert read
    return link_corpus(read_corpus(read)[0])


def test_only_what_supports_counts_and_words_hold_until_there_are_others(edition: Edition) -> None:
    linked = link(edition, "One [@a, 1; but see @b, 2; @c, 3; see @a, 4]. Two [cf. @a, 5].")
    found = {
        key: [(one.cite.locator.value, one.stance) for one in linked.backlinks[key] if one.cite.locator]
        for key in ("a", "b", "c")
    }
    assert found == {
        "a": [("1", "supports"), ("4", "supports"), ("5", "mentions")],
        "b": [("2", "disputes")],
        "c": [("3", "disputes")],
    }
    assert [len(linked.support_of(key)) for key in "abc"] == [2, 0, 0]
    assert [len(linked.others_of(key)) for key in "abc"] == [1, 1, 1]


def test_an_edition_may_say_which_words_dispute(edition: Edition) -> None:
    own = {"phrases/en.yml": "cite.disputes: unlike\n"}
    assert [one.stance for one in link(edition, "One [unlike @a, 1].", **own).backlinks["a"]] == ["disputes"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He came. He saw. He went [@a; @b].", "He came. He saw. He went."),
        ("He came [@c]. He saw. He went [@a; @b], it is said.", "He saw. He went, it is said."),
        # One source has the sentence that it stands in.
        ("He came. He saw. He went [@a].", "He went."),
        ("He came. He saw. He went [@a, 1; @a, 2].", "He went."),
        ("He came and [@c] he went [@a; @b].", "He came and he went."),
    ],
)
def test_a_note_of_several_sources_gives_each_the_whole_statement(text: str, expected: str, edition: Edition) -> None:
    assert [one.call.context for one in link(edition, text).backlinks["a"]][:1] == [expected]
