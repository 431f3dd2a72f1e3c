"""An author's Markdown: what in it is ours, what is left alone, and what cannot be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosje.reading.sentences import sentences_of, text_of_pieces
from dosje.reading.text_parsing import parse_text
from dosje.reading.texts import Cited, Link, Markdown, NoteCall, Text


def cited(text: Text) -> list[str]:
    return [found.citation.text for block in text.blocks for found in block.citations]


def problems(source: str) -> list[tuple[int, str, str]]:
    return [(problem.offset, problem.code, problem.message) for problem in parse_text(source).problems]


def kinds(source: str) -> list[tuple[str, str]]:
    return [(block.kind, text_of_pieces(block.pieces)) for block in parse_text(source).blocks]


def test_a_paragraph_is_parsed_into_pieces_with_their_offsets() -> None:
    block = parse_text("\nBy [Kapo](person:hysni-kapo) [@a, fl. 3].[^1]\n\n[^1]: See [@b].\n").blocks[0]
    citation = block.citations[0].citation
    assert block.pieces == (
        Markdown("By ", 1),
        Link("Kapo", "person", "hysni-kapo", 18),
        Markdown(" ", 29),
        Cited(citation, 30),
        Markdown(".", 41),
        NoteCall("1", 42),
    )
    assert (block.kind, block.offset) == ("statement", 1)


@pytest.mark.parametrize(
    "source",
    [
        "`[@a]`",
        "``[@a] ` [@b]``",
        "```\n[@a]\n\n@b\n```",
        "~~~ yaml\n[@a]\n~~~",
        "```\nnever closed [@a]",
        "Text:\n\n    [@a]\n\n    @b",
        "\t[x](javascript:y)",
    ],
)
def test_code_is_never_parsed(source: str) -> None:
    text = parse_text(source)
    assert (cited(text), text.problems) == ([], ())


def test_what_stands_around_code_is_parsed() -> None:
    assert cited(parse_text("```\n[@a]\n```\n[@b] and `[@c]` [@d] a ` alone [@e]")) == ["[@b]", "[@d]", "[@e]"]


@pytest.mark.parametrize("source", [r"\[@a]", r"\[\@a\]", r"me\@example", "me@example.org", "<https://example.org/@a>",
                                    "[x](https://example.org/?q=@a)", "![x](img/@a.png)"])  # fmt: skip
def test_an_escaped_bracket_an_address_and_a_mail_are_no_citation(source: str) -> None:
    text = parse_text(source)
    assert cited(text) == []
    assert problems(source) == ([(2, "bad-citation", '"@a" stands outside of [ ]')] if source == r"\[@a]" else [])


def test_an_escaped_at_sign_is_printed_as_itself() -> None:
    assert text_of_pieces(parse_text(r"Ask \@a").blocks[0].pieces) == "Ask @a"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One.\n\nTwo\nlines.", [("statement", "One."), ("statement", "Two lines.")]),
        ("# Head\nText.", [("heading", "Head"), ("statement", "Text.")]),
        ("Text.\n# Head", [("statement", "Text."), ("heading", "Head")]),
        ("- one\n- two", [("statement", "one two")]),
        ("- one\n\n    more\n\n\n    third\n\n- two", [("statement", "one more third"), ("statement", "two")]),
        ("- one\n  goes on\n\n    more", [("statement", "one goes on more")]),
        ("!!! note\n\n    Inside.", [("statement", "!!! note Inside.")]),
        ("Text\n\n    code", [("statement", "Text"), ("code", "code")]),
        ("[^1]: One.\n\n    Still.\n[^2]: Two.", [("note", "One. Still."), ("note", "Two.")]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_blank_lines_part_blocks_but_not_what_belongs_to_a_list_or_a_note(
    source: str, expected: list[tuple[str, str]]
) -> None:
    assert kinds(source) == expected


def test_a_citation_in_a_hand_written_note_stays_in_the_note() -> None:
    blocks = parse_text("One[^a]: see.\n\n[^a]: With [@x, 5]\n\n    and [@y].\n").blocks
    assert [(block.kind, block.note, len(block.citations)) for block in blocks] == [
        ("statement", "", 0),
        ("note", "a", 2),
    ]


def test_a_note_is_both_called_and_defined() -> None:
    assert problems("One[^a].\n\n[^b]: Two.") == [
        (3, "unknown-note", "no note [^a] is defined"),
        (10, "unknown-note", "note [^b] is nowhere called"),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[A b](person:a)", Link("A b", "person", "a", 13)),
        ("[A](source:a 'title')", Link("A", "source", "a", 11)),
        ("[A]( <meeting:a> )", Link("A", "meeting", "a", 14)),
        ("[`x`](page:about)", Link("`x`", "page", "about", 11)),
    ],
)
def test_a_link_to_a_record_is_a_piece(source: str, expected: Link) -> None:
    assert parse_text(source).blocks[0].pieces == (expected,)


@pytest.mark.parametrize(
    ("written", "file"),
    [
        ("![A *plan*](assets/a.png)", "assets/a.png"),
        ("![A *plan*](../../assets/a.png)", "assets/a.png"),
        ("![A *plan*]( <assets/a plan.png> 'T')", "assets/a plan.png"),
        ('![A *plan*](assets/a plan.png "T")', "assets/a plan.png"),
    ],
)
def test_a_picture_is_a_piece_of_its_own_wherever_its_file_is_said_to_lie(written: str, file: str) -> None:
    text = parse_text(f"{written}\n\nSee {written} [@a]")
    assert [block.kind for block in text.blocks] == ["picture", "statement"]
    assert [(i.alternative, i.file, i.source) for b in text.blocks for i in b.images] == [
        ("A *plan*", file, written)
    ] * 2
    assert text_of_pieces(text.blocks[1].pieces) == "See A plan"


def test_in_a_text_for_mkdocs_alone_a_picture_is_left_as_it_is() -> None:
    source = "See ![A](../assets/a.png) here."
    assert (
        "".join(p.text for p in parse_text(source, is_free=True).blocks[0].pieces if isinstance(p, Markdown)) == source
    )


def test_other_links_are_left_as_they_are() -> None:
    source = "[a](https://example.org) [b](../c.md) [d][e] <https://example.org>\n\n[e]: http://example.org"
    text = parse_text(source)
    assert [block.pieces for block in text.blocks] == [(Markdown(source[:66], 0),), (Markdown(source[68:], 68),)]
    assert text.problems == ()


@pytest.mark.parametrize(
    "source",
    [
        "[a](javascript:alert)",
        "[a](JAVASCRIPT:alert)",
        "[a]( <javascript:alert> )",
        "[a](&#106;avascript:alert)",
        "[a](java\nscript:alert)",
        "[a](java&Tab;script:alert)",
        "![a](data:image/svg+xml,x)",
        "[a](vbscript:x)",
        "[a]: javascript:alert",
        "Text\n[b]: https://example.org\n[a]:\n  javascript:alert",
    ],
)
def test_a_link_that_a_browser_would_run_is_unsafe(source: str) -> None:
    assert [problem.code for problem in parse_text(source).problems] == ["unsafe-link"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[a](persons:b)", (4, "unknown-link", 'no link can begin with "persons:"')),
        ("[1960] a](person:b)", (10, "unknown-link", "this link to a person cannot be read")),
        ("[a](person:b c)", (4, "unknown-link", "this link to a person cannot be read")),
        ("![a](source:b)", (5, "unknown-link", "this link to a source cannot be read")),
    ],
)
def test_a_link_that_cannot_be_read_is_said(source: str, expected: tuple[int, str, str]) -> None:
    assert problems(source) == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A [@]", (3, "bad-citation", '"@" has no @key')),
        ("A [see @]", (3, "bad-citation", '"see @" has no @key')),
        ("A [@key, fl. 3", (3, "bad-citation", 'the [ before "@key" is never closed')),
        ("A @key", (2, "bad-citation", '"@key" stands outside of [ ]')),
        ("[@a] @key", (5, "bad-citation", '"@key" stands outside of [ ]')),
        ("[@a @b]", (4, "bad-citation", "two sources without a ; between them")),
        ("[@a, [sic]]", (1, "bad-citation", "a citation cannot hold another [ ]")),
        ("[@a](b.md)", (1, "bad-citation", "a citation cannot be the text of a link")),
    ],
)
def test_a_malformed_citation_is_said_once(source: str, expected: tuple[int, str, str]) -> None:
    assert problems(source) == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("*a* **b** ***c*** _d_ __e__", "a b c d e"),
        ("a_b_c 2 * 3 * 4", "a_b_c 2 * 3 * 4"),
        (r"\*not\* \_this\_", "*not* _this_"),
        ("*[Kapo](person:a)* and **x [@a]**", "Kapo and x"),
        ("`a*b*c` &amp; [x](https://example.org)", "a*b*c & x"),
        ("Fell in\n1960. Then", "Fell in 1960. Then"),
        ("1. one\n2. two", "one two"),
        ("> quoted\n> twice", "quoted twice"),
        ("Gone [@a] - as\n- he - said [@b].", "Gone - as - he - said."),
        ("Il dit [@a] : oui [@a], non [@b] [@c].", "Il dit : oui, non."),
    ],
)
def test_plain_text_is_what_a_reader_sees(source: str, expected: str) -> None:
    assert text_of_pieces(parse_text(source).blocks[0].pieces) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One. Two [@a]. Three.", "Two."),
        ("One. Two.[@a] Three.", "Two."),
        ("One. Two. [@a] Three.", "Two."),
        ("One. He left it. Two [@a] goes on. Three.", "Two goes on."),
        ("One. See D. 4, fl. 40 and N. S. Khrushchev [@a]. Two.", "See D. 4, fl. 40 and N. S. Khrushchev."),
        ("It was cf. Lüthi 171 and Mr. Kapo [@a]. Two.", "It was cf. Lüthi 171 and Mr. Kapo."),
        ("In 1960. In 1961 [@a]. In 1962.", "In 1961."),
        ("“One.” “Two [@a].” Three.", "“Two.”"),
        ("One! Two? Three … and so on [@a]. Four.", "Three … and so on."),
        ("[@a] One. Two.", "One."),
        ("*One [@a].* Two.", "One."),
        ("- one\n- two [@a]\n- three", "two"),
        ("[^x]: One [@a]\n\n    Two.", "One"),
        ("[@a]", ""),
    ],
)
def test_the_sentences_of_a_citation_is_the_one_that_rests_on_it(source: str, expected: str) -> None:
    block = parse_text(source).blocks[0]
    assert sentences_of(block)[block.citations[0].offset] == expected


def test_the_sentences_of_a_link_is_the_one_it_stands_in() -> None:
    block = parse_text("One. [Kapo](person:a) went. Two.").blocks[0]
    assert sentences_of(block)[block.links[0].offset] == "Kapo went."


parts = st.sampled_from([
    "a", "B. ", " ", "\n", "\n\n", "[@k]", "[@k, fl. 3]", "[", "]", "(", ")", "@k", "@", "`", "```\n", "\\", "[^1]",
    "[^1]: ", "[x](person:a)", "](", "    ", "- ", "# ", "*", "_", ";", ":", "!", "<", "&#64;",
])  # fmt: skip


@given(st.lists(parts, max_size=16).map("".join))
def test_nothing_of_a_text_is_lost_or_doubled(source: str) -> None:
    text = parse_text(source)
    for block in text.blocks:
        for piece in block.pieces:
            if isinstance(piece, Markdown) and piece.text != "&#64;":
                assert source[piece.offset :].startswith(piece.text)
            elif isinstance(piece, Cited):
                assert source[piece.offset :].startswith(piece.citation.text)
                assert sentences_of(block)[piece.offset] in text_of_pieces(block.pieces)
            elif isinstance(piece, Link):
                assert source[piece.offset :].startswith(piece.key)
    assert all(0 <= problem.offset <= len(source) for problem in text.problems)
