"""What an author typed comes out of our Markdown with the same words and the same emphasis, whatever signs it has."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dosje.importing.essay_markdown import write_line, write_markdown
from dosje.importing.lines import trim
from dosje.markup.markdown_tree import parse_markdown
from dosje.markup.tree import (
    Blocks,
    Break,
    Definitions,
    Heading,
    Inlines,
    Items,
    Listing,
    Paragraph,
    Quotation,
    Rule,
    Table,
    inlines_of,
)
from dosje.reading.text_parsing import parse_text
from dosje.reading.texts import Markdown
from dosje.values.page_id import PageId
from dosje.values.words import Run

PAGE = PageId("essay", "a")
# The signs that some Markdown obeys, beside letters, a number, blanks and what stands in other scripts.
SIGNS = [*"\\`*_{}[]()<>#+-.!|~@&:;=?/^$%'\",", "[^1]", "@kapo", "](person:a)", "<b>", "&lt;", "1. ", "~~~", "---"]
WORDS = ["Fox", "é", "莫", "ж", "12", " ", "a@b.al", "https://x.al/a_b", "///", "=== ", "??? ", "!!! "]
texts = st.lists(st.sampled_from([*SIGNS, *WORDS]), min_size=1, max_size=8).map("".join)
styles = st.sampled_from([(), (), ("em",), ("strong",), ("em", "strong"), ("strong", "em")])
lines = st.lists(
    st.builds(Run, texts, styles, st.sampled_from(["", "", "https://x.al/a"])), min_size=1, max_size=4
).map(lambda runs: trim(tuple(runs)))


def read(text: str) -> Blocks:
    """Read Markdown as pages and books do: our own signs first, then Markdown."""
    parsed = parse_text(text)
    assert parsed.problems == ()
    parts = []
    for block in parsed.blocks:
        assert all(isinstance(piece, Markdown) for piece in block.pieces), text
        parts.append("".join(piece.text for piece in block.pieces if isinstance(piece, Markdown)))
    return parse_markdown("\n\n".join(parts).replace("\\@", "@"), [], PAGE)


def words_of(blocks: Blocks) -> str:
    """Return the words, without blanks, and with quotation marks as they are typed: the language sets them."""
    text = "".join(run.text for line in inlines_of(blocks) for run in line if isinstance(run, Run))
    return re.sub(r"\s", "", re.sub("[“”„«»]", '"', re.sub("[‘’‚‹›]", "'", text)))


def emphasis_of(blocks: Blocks) -> list[tuple[str, frozenset[str]]]:
    return [
        (sign, frozenset(run.styles))
        for line in inlines_of(blocks)
        for run in line
        if isinstance(run, Run)
        for sign in run.text
        if sign.isalnum()
    ]


@given(texts)
@example("1) x")
@example("* * *")
@example("# Fox #")
@example("[@kapo, fl. 40] and [Kapo](person:kapo) and [^1]: x")
def test_what_an_author_typed_is_text(text: str) -> None:
    line = trim((Run(text),))
    assert words_of(read(write_line(line))) == words_of((Paragraph(line),))


@given(lines)
@example((Run("a", ("em",)), Run("b", ("strong",)), Run("c")))
def test_a_line_keeps_its_words(line: Inlines) -> None:
    assert words_of(read(write_line(line))) == words_of((Paragraph(line),))


@given(st.lists(st.tuples(st.sampled_from(["Fox", "and", "Stork", "[sic]", "a_b"]), styles), min_size=1, max_size=5))
def test_emphasis_of_whole_words_is_kept(words: list[tuple[str, tuple[str, ...]]]) -> None:
    line = tuple(run for text, own in words for run in (Run(text, own), Run(" ")))
    assert emphasis_of(read(write_line(trim(line)))) == emphasis_of((Paragraph(line),))


@given(lines, lines)
def test_the_lines_of_a_poem_keep_their_words(first: Inlines, second: Inlines) -> None:
    line = trim((*first, Break(), *second))
    assert words_of(read(write_line(line))) == words_of((Paragraph(line),))


BLOCKS: Blocks = (
    Heading(1, (Run("The # of dinners #"),)),
    Paragraph((Run("- Fox, 1901. "), Run("Bills", ("em",)), Run(" <are> long"))),
    Quotation((Paragraph((Run("No soup"),)), Items(((Paragraph((Run("a"),)),),), None))),
    Items(((Paragraph((Run("one"),)), Paragraph((Run("more"),))), (Paragraph((Run("two"),)),)), 1, is_loose=True),
    Rule(),
    Table(((Run("A|B"),), (Run("C"),)), (((Run("1"),), ()),), (1, 1), ("right", "")),
    Definitions(((((Run("Bill"),),), ((Paragraph((Run("It is long"),)),),)),)),
)


def test_blocks_are_read_again_as_they_were() -> None:
    assert read(write_markdown(BLOCKS)) == (Heading(2, (Run("The # of dinners #"),)), *BLOCKS[1:])


def test_code_is_fenced_longer_than_what_is_in_it() -> None:
    assert write_markdown((Listing("a\n```\nb"),)) == "````\na\n```\nb\n````"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ((Run("Fox ", ("em",)), Run("and")), "*Fox* and"),
        ((Run("a"), Run("b", ("em",)), Run("c")), "a*b*c"),
        ((Run("See "), Run("here", (), "https://x.al/a (b)")), "See [here](https://x.al/a%20%28b%29)"),
        ((Run("What!"), Run("here", (), "https://x.al")), "What\\![here](https://x.al)"),
        ((Run("1960. "), Run("Fox")), "1960\\. Fox"),
        ((Run("see @kapo, a@b.al"),), "see \\@kapo, a@b.al"),
        ((Run("``x", ("code",)),), "``` ``x ```"),
    ],
)
def test_a_line_is_written_plainly(line: Inlines, expected: str) -> None:
    assert write_line(line) == expected
