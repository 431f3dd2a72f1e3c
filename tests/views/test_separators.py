"""What stands between facts is that of the language: "、", "，" and "；" in Chinese, a space before the French ";"."""

from __future__ import annotations

import re

import pytest

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.phrases.phrase_files import read_phrases
from dosje.values.findings import format_findings
from dosje.web.page_maker import PageMaker

FILES = {
    "content/organisations.yml": "gov: {name: Gov}\n",
    "content/persons/ann.yml": (
        "{name: {family: Ann}, variants: [Anna, Anya], "
        "affiliations: [{organisation: gov, office: Clerk, cite: '[@w]'}]}\n"
    ),
    "content/persons/bob.yml": "name: {family: Bob}\n",
    "bibliography/a.bib": "@book{w, title = {W}}\n",
    "content/meetings/m.yml": "{title: Talks, date: 1960-06-01, kind: conference, variants: [One, Two]}\n",
    "content/sources/l.yml": (
        "{type: letter, title: L, author: [ann, bob, C], date: 1960-06-02, seen: scan, variants: [x, y]}\n"
    ),
}


@pytest.mark.parametrize(
    ("locale", "between", "comma", "semicolon"),
    [
        ("en-GB", ", ", ", ", "; "),
        ("de-DE", ", ", ", ", "; "),
        ("fr-FR", ", ", ", ", "\u00a0; "),
        ("zh-CN", "、", "，", "；"),
    ],
)
def test_facts_are_listed_as_the_language_lists_them(
    locale: str, between: str, comma: str, semicolon: str, edition: Edition
) -> None:
    config = f"site_name: A\nextra: {{dosje: {{locale: {locale}}}}}\n"
    checked = check_edition(edition(FILES | {"mkdocs.yml": config}))
    assert checked.linked and checked.style, format_findings(checked.findings)
    pages = PageMaker(checked.linked, checked.style).make_pages(["sources/l.md", "persons/ann.md", "meetings/m.md"])[0]
    plain = {path: re.sub(r"<[^>]+>", "", text) for path, text in pages.items()}
    assert f"Ann{between}Bob{between}C" in plain["sources/l.md"]
    assert f"x{semicolon}y" in plain["sources/l.md"]
    assert f"Anna{between}Anya" in plain["persons/ann.md"]
    assert f"Clerk{comma}Gov" in plain["persons/ann.md"]
    assert f"One{semicolon}Two" in plain["meetings/m.md"]
    assert read_phrases(locale).between == between
