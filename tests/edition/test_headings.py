"""Headings that an editor wrote have addresses, and answer to those that they had before."""

from __future__ import annotations

import re

import pytest
from markdown import Markdown

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.edition.headings import headings_of, match_headings
from dosje.reading.record_files import read_corpus
from dosje.reading.settings_file import read_settings
from dosje.web.page_maker import PageMaker

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


def test_behind_an_elision_a_french_quotation_begins_with_a_hyphen_as_on_the_page(edition: Edition) -> None:
    files = {
        "mkdocs.yml": "site_name: A\nextra: {dosje: {locale: fr-FR}}\n",
        "content/essays/e.md": '---\ntitle: E\n---\nUn.\n\n## l\'"Humanité" du soir\n\n## Le "pacte" de fer\n',
    }
    checked = check_edition(edition(files))
    assert checked.linked and checked.style
    found = headings_of(checked.linked.corpus.essays["e"], checked.linked.phrases.marks)
    page = PageMaker(checked.linked, checked.style).make_pages(["essays/e.md"])[0]["essays/e.md"]
    built = re.findall(r'<h2 id="([^"]+)"', Markdown(extensions=["toc"]).convert(page.split("---\n", 2)[2]))
    assert found == ("l-humanite-du-soir", "le-pacte-de-fer") == tuple(built[:2])


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
