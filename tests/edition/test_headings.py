"""Headings that an editor wrote have addresses, and answer to those that they had before."""

from __future__ import annotations

import pytest

from conftest import Edition
from dosje.edition.headings import headings_of, match_headings
from dosje.reading.record_files import read_corpus
from dosje.reading.settings_file import read_settings

ESSAY = """---
title: An essay
---
Text.

## The “break”, and *after* [@b]

### To [Tirana](place:t) in 1960–61 ##

## Twice

## Twice

```
## No heading
```
"""


def test_headings_are_named_as_the_page_names_them(edition: Edition) -> None:
    disputes = (
        "disputes: [{question: \"Who's right?\", positions: [{claim: I, cite: '[@b]'}, {claim: You, cite: '[@b]'}]}]\n"
    )
    files = {
        "content/essays/e.md": ESSAY,
        "content/persons/p.yml": f"name: {{family: P}}\n{disputes}",
        "content/places.yml": "t: {name: Tirana}\n",
        "bibliography/b.bib": "@book{b, title = {B}, date = {1960}}\n",
    }
    settings, _ = read_settings(edition(files))
    assert settings is not None
    corpus, _ = read_corpus(settings)
    assert headings_of(corpus.essays["e"]) == ("the-break-and-after", "to-tirana-in-196061", "twice", "twice_1")
    assert headings_of(corpus.persons["p"]) == ("whos-right",)


@pytest.mark.parametrize(
    ("published", "standing", "found"),
    [
        (["a", "b", "c"], ["a", "new", "c"], {"b": "new"}),
        (["a", "b"], ["new", "newer"], {"a": "new", "b": "newer"}),
        (["a", "b", "c"], ["a", "c"], {}),
        (["a", "c"], ["a", "b", "c"], {}),
        (["a", "b", "c"], ["a", "x", "y", "c"], {}),
        # Another place: nobody knows which is which.
        (["a", "b", "c"], ["c", "a", "new"], {}),
        (["a", "b"], ["b", "a"], {}),
    ],
)
def test_a_heading_with_other_words_is_found_by_its_place(
    published: list[str], standing: list[str], found: dict[str, str]
) -> None:
    assert match_headings(published, standing) == found
