"""No module that prints for readers has English of its own: what it says comes from the phrases."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

_DOSJE = Path(str(files("dosje")))
# What a reader sees is made in these.
MODULES = sorted(
    path
    for name in ("views", "books", "web", "drawing", "markup", "exporting", "lookup", "edition", "citing")
    for path in (_DOSJE / name).glob("*.py")
) + [_DOSJE / "site" / name for name in ("bundle.py", "theme_language.py", "cell_alignment.py", "composed.py")]
# Two words beside each other, of two letters at least; a sign of a formal language parts what is no sentence.
_SENTENCE = re.compile(r"(?<![\w./:#@<>=$_({-])[A-Za-z][a-z]+,? [a-z]{2,}(?![\w=:(_-])")
_TAG = re.compile(r"<[^<>]*>?")
# Who is spoken to with them is the editor: errors and findings; and what a run shows while it works.
_TO_EDITORS = re.compile(r"(Error|Exception|Finding|finding|blame|Problem|warn|progress|listener)s?$")
# How texts begin that no reader sees, by the reason.
ALLOWED = {
    "code of another language": (
        "body {", "h1, h2", "SELECT ", "var dosjeLookup", "look_up:", ") return true", ")) return false", "/* Made by",
        "tuple[",
    ),
    "what a footnote may say, which the lookup reads": ("^(.*(?:^|", "[\\s(]*(?:in", "([A-Z][\\w'-]{1,40}(?:"),
    "terms of CSL and names of forms": ("no date", "no author", "po aty", "botuar nga", "dosje bare"),
    "states of an address, and the head of the ledger": ("in place", "# Every address that this edition"),
    "in an error or finding, and what programs say that are run": (
        "the text `", "the first pages", "no font has", "decode image", "; remove it", "the macro",
        '" of the style calls',
        " others so often", " does not call its notes", '", is not in', "inherits from itself", "is not there",
        "the index was made by", "there is no index", "a booklet is made of", ", of which there is", "  on page ",
        ".pdf a note is called",
    ),
    "what a run shows while it works": (
        "booklets are as", "booklet is as", ".pdf is as", "Typst, for ", "the words of sources", "pandoc, for ",
        "git, for ",
    ),
}  # fmt: skip
_BEGINNINGS = tuple(beginning for texts in ALLOWED.values() for beginning in texts)
# What months are called in footnotes, and of which words archives' names are made, in eight languages.
_WORDS_OF_FOOTNOTES = ("lookup/said_dates.py", "lookup/archive_names.py")


def sentences_in(source: str) -> Iterator[tuple[int, str]]:
    """Yield each text of a module that reads as English, with its line, but for what editors are told."""
    yield from _walk(ast.parse(source))


def _reads_as_english(text: str) -> bool:
    return bool(_SENTENCE.search(_TAG.sub(" < ", text)))


def _walk(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Raise | ast.Assert):
        return
    if isinstance(node, ast.Call) and _TO_EDITORS.search(ast.unparse(node.func)):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _reads_as_english(node.value):
        yield node.lineno, node.value
    for child in ast.iter_child_nodes(node):
        yield from _walk(child)


def say_where(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize(
    "path", [path for path in MODULES if say_where(path) not in _WORDS_OF_FOOTNOTES], ids=say_where
)
def test_a_module_says_no_sentence_of_its_own(path: Path) -> None:
    found = sentences_in(path.read_text(encoding="utf-8"))
    assert [(line, text) for line, text in found if not text.startswith(_BEGINNINGS)] == []


def test_each_exception_is_one() -> None:
    texts = [text for path in MODULES for _, text in sentences_in(path.read_text(encoding="utf-8"))]
    assert [start for start in _BEGINNINGS if not any(text.startswith(start) for text in texts)] == []


@pytest.mark.parametrize(
    "source",
    ['x = "Nothing here"', 'def f():\n    """Doc."""\n    return f"<p>{a} was found</p>"', 'say("<b>Read more</b>")',
     'Cell("Two of them")', 'x = {"a": ["Cited by others"]}'],
)  # fmt: skip
def test_a_sentence_in_a_module_is_found(source: str) -> None:
    assert len(list(sentences_in(source))) == 1


@pytest.mark.parametrize(
    "source",
    ['"""A word of a module."""', 'raise KeyError("no such thing")', 'Finding(span, "code", "not a thing")',
     'x = "dosje-quiet dosje-wide"', 'x = "facts.born"', 'x = \'<a class="md-nav md-link">\''],
)  # fmt: skip
def test_what_no_reader_sees_is_left_out(source: str) -> None:
    assert list(sentences_in(source)) == []
