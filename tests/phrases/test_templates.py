"""No template of ours has a word that a reader sees: each asks the phrases."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest
from jinja2 import Environment

from pseudo import words_of_ours

WEB = Path(str(resources.files("dosje.web")))
TEMPLATES = sorted([*(WEB / "templates").glob("*.j2"), *(WEB / "theme").rglob("*.html")])
# The front matter of a page is read by MkDocs, by nobody else: what it says comes from expressions.
_FRONT_MATTER = re.compile(r"^---\n(?:.*\n)*?---$", re.MULTILINE)


def literals_of(template: str) -> str:
    """Return what a template prints as it stands; each expression is a number."""
    said: list[str] = []
    for _, kind, text in Environment().lex(template):
        said.append(text if kind == "data" else "0" if kind == "variable_begin" else "")
    return _FRONT_MATTER.sub("", "".join(said))


def strings_of(template: str) -> list[str]:
    """Return the strings in the expressions and statements of a template, without their quotes."""
    return [text[1:-1] for _, kind, text in Environment().lex(template) if kind == "string"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_prints_no_word_of_its_own(path: Path) -> None:
    template = path.read_text(encoding="utf-8")
    assert list(words_of_ours(literals_of(template))) == []
    # Keys, names of files and classes have no spaces and no capital letters.
    assert [text for text in strings_of(template) if re.search(r"[A-Z]|[a-z] [a-z]", strip_html(text))] == []


def strip_html(text: str) -> str:
    return re.sub(r"<[^>]*(>|$)", "", text)


def test_words_in_templates_are_found() -> None:
    found = list(words_of_ours(literals_of('{# Not me #}---\nhide: [toc]\n---\n<b title="Read">Me {{ "x" }}</b>')))
    assert found == ["Read", "Me 0"]
