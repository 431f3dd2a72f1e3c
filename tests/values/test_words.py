"""Words: text with styles and links, and that no text is ever taken for markup."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from dosje.markup.html import HtmlWriter
from dosje.values.words import (
    Run,
    Words,
    capitalize,
    encode_url,
    escape,
    from_json,
    is_safe_url,
    plain,
    read_pandoc,
    replace_text,
    set_sign,
    strip_prefix,
    to_json,
)

HTML = HtmlWriter(str, escape=escape)
# Without attr_list, as the pages are built.
MARKDOWN = Markdown(extensions=["footnotes", "tables", "def_list", "md_in_html", "admonition", "toc"])

special = st.sampled_from(list(" \n\t\r`*_{}[]<>&@|~^=!$\"'#\\-+:.()1a0é/?%;,\x02\x0b\x85\u2028\x00"))
texts = st.text(special | st.characters(codec="utf-8"), max_size=14)
starts = st.sampled_from(
    ["", "1. ", "1) ", "- ", "+ ", ": ", "# ", "> ", "    ", "!!! ", "[^1]: ", "[a]: ", "---", "| "]
)
any_text = st.builds("{}{}".format, starts, texts)


def render(source: str) -> str:
    MARKDOWN.reset()
    return MARKDOWN.convert(source)


def squeeze(text: str) -> str:
    """Return the text as a browser shows it: no control signs, one space for many."""
    without = re.sub(r"[\x00-\x08\x0e-\x1b\x7f]", "", text)
    return re.sub(r"\s+", " ", without).strip()


@given(any_text)
def test_escaped_text_in_a_paragraph_is_only_text(text: str) -> None:
    for before, after in (("", ""), ("a ", " b"), ("", " b"), ("a", "")):
        if not squeeze(before + text + after):
            continue
        match = re.fullmatch(r"<p>([^<]*)</p>", render(before + escape(text) + after))
        assert match
        assert squeeze(html.unescape(match[1])) == squeeze(before + text + after)


@given(any_text)
def test_escaped_text_in_a_list_s_item_is_only_text(text: str) -> None:
    match = re.fullmatch(r"<ul>\s*<li>([^<]*)</li>\s*<li>z</li>\s*</ul>", render(f"- a {escape(text)}\n- z"))
    assert match
    assert squeeze(html.unescape(match[1])) == squeeze("a " + text)


@given(any_text)
def test_escaped_text_in_a_table_s_cell_is_only_text(text: str) -> None:
    cells = re.findall(r"<td>(.*?)</td>", render(f"|h|i|\n|---|---|\n|{escape(text)}|z|"), re.DOTALL)
    assert [squeeze(html.unescape(cell)) for cell in cells] == [squeeze(text), "z"]
    assert "<" not in "".join(cells)


@given(any_text)
def test_escaped_text_in_a_link_is_only_text(text: str) -> None:
    words = (Run("a" + text + "z", ("em",), "https://example.org/?a=1|2"),)
    match = re.fullmatch(
        r'<p><a href="https://example\.org/\?a=1%7C2"><em>([^<]*)</em></a></p>', render(HTML.runs(words))
    )
    assert match
    assert squeeze(html.unescape(match[1])) == squeeze("a" + text + "z")


def test_escaped_text_is_numeric_references() -> None:
    assert escape("1. *a* | [b]") == "1&#46; &#42;a&#42; &#124; &#91;b&#93;"
    assert escape("Kapo, H. (1960): fl. 9–20") == "Kapo, H. (1960): fl. 9–20"


def test_neighbours_of_one_link_share_it_and_the_comma_after_stays_outside() -> None:
    words = (Run("Lüthi, "), Run("Split", ("em",), "https://u"), Run(", 171;", (), "https://u"), Run(" end"))
    assert HTML.runs(words) == 'Lüthi, <a href="https://u"><em>Split</em>, 171</a>; end'
    assert HTML.link((Run("https://a", (), "https://a"), Run(".")), "u") == '<a href="https://a">https://a</a>.'
    assert HTML.link((Run("it*"),), "u") == '<a href="u">it&#42;</a>'
    assert HTML.runs((Run("a", (), "javascript:x"),)) == "a"


@pytest.mark.parametrize(
    "url", ["https://a.b/c:d", "HTTP://a", "mailto:a@b", "../a/", "#x", "a/b:c", "a.html", "?q=a:b"]
)
def test_addresses_of_the_site_and_of_the_web_are_safe(url: str) -> None:
    assert is_safe_url(url)


@pytest.mark.parametrize(
    "url", ["javascript:x", "JavaScript:x", " javascript:x", "java\nscript:x", "data:x", "&#106;avascript&colon;x"]
)
def test_addresses_that_a_browser_would_run_are_not_safe(url: str) -> None:
    assert not is_safe_url(url)


def test_pandoc_s_inlines_become_runs_and_equal_neighbours_one() -> None:
    inlines: list[dict[str, Any]] = [
        {"t": "Str", "c": "A"},
        {"t": "Space"},
        {"t": "Str", "c": "b"},
        {"t": "Emph", "c": [{"t": "Str", "c": "c"}, {"t": "Strong", "c": [{"t": "Str", "c": "d"}]}]},
        {"t": "Link", "c": [["", [], []], [{"t": "Str", "c": "e"}], ["https://example.org", ""]]},
        {"t": "Span", "c": [["", ["csl-left"], []], [{"t": "Code", "c": [["", [], []], "f"]}]]},
    ]
    assert read_pandoc(inlines) == (
        Run("A b"),
        Run("c", ("em",)),
        Run("d", ("em", "strong")),
        Run("e", (), "https://example.org"),
        Run("f"),
    )


runs = st.builds(Run, st.text(min_size=1, max_size=5), st.sampled_from([(), ("em",), ("em", "strong")]),
                 st.sampled_from(["", "u"]))  # fmt: skip


@given(st.lists(runs, max_size=4).map(tuple))
def test_words_are_read_from_json_as_they_were_written(words: Words) -> None:
    assert from_json(to_json(words)) == words


@given(st.lists(runs, max_size=4).map(tuple), st.integers(0, 20))
def test_a_prefix_is_taken_off_across_runs(words: Words, length: int) -> None:
    text = plain(words)
    assert plain(strip_prefix(words, text[:length])) == text[length:]


def test_the_first_letter_is_made_a_capital_and_no_other() -> None:
    assert capitalize((Run(" "), Run("see ", ("em",)), Run("also"))) == (Run(" "), Run("See ", ("em",)), Run("also"))
    assert capitalize(()) == ()


def test_text_is_replaced_within_runs() -> None:
    assert replace_text((Run("a b"), Run("b", ("em",))), "b", "c") == (Run("a c"), Run("c", ("em",)))


@pytest.mark.parametrize(
    ("text", "sign", "in_quotes", "expected"),
    [
        ("Kapo, 171", ".", False, ("Kapo, 171", ".")),
        ("Ibid.", ".", False, ("Ibid.", "")),
        ("Ibid.", ",", False, ("Ibid.", ",")),
        ("Who Won?", ".", False, ("Who Won?", "")),
        ("‘A Title’", ".", False, ("‘A Title’", ".")),
        ("«\u00a0Won\u00a0?\u00a0»", ".", False, ("«\u00a0Won\u00a0?\u00a0»", "")),
        ("“A Title”", ".", True, ("“A Title.”", "")),
        ("“A ‘Title’”", ",", True, ("“A ‘Title,’”", "")),
        ("“Who Won?”", ".", True, ("“Who Won?”", "")),
        ("“Who Won?”", ",", True, ("“Who Won?”", "")),
        ("A Title", ",", True, ("A Title", ",")),
        ("“A Title”", ";", True, ("“A Title”", ";")),
        ("”", ".", True, ("”", ".")),
        ("", ".", True, ("", ".")),
    ],
)
def test_a_sign_is_set_as_print_has_it(text: str, sign: str, in_quotes: bool, expected: tuple[str, str]) -> None:
    found, rest = set_sign((Run("x "), Run(text, ("em",), "u")) if text else (), sign, in_quotes)
    assert (plain(found).removeprefix("x "), rest) == expected


@pytest.mark.parametrize(
    ("url", "encoded"),
    [
        ("https://example.org/a-b_c?d=e&f=(g)#h", "https://example.org/a-b_c?d=e&f=(g)#h"),
        ('https://example.org/"><b> x', "https://example.org/%22%3E%3Cb%3E%20x"),
        ("https://example.org/100%/%41#a#b", "https://example.org/100%25/%41#a%23b"),
        ("https://example.org/Тирана/é", "https://example.org/Тирана/é"),
        ('https://doi.org/10.1000/x">#y?z', "https://doi.org/10.1000/x%22%3E%23y%3Fz"),
        (
            "https://doi.org/10.1002/(SICI)1097<1::AID>3.0;2-#",
            "https://doi.org/10.1002/(SICI)1097%3C1::AID%3E3.0;2-%23",
        ),
    ],
)
def test_an_address_holds_no_sign_that_none_may_hold(url: str, encoded: str) -> None:
    assert encode_url(url) == encoded
    assert encode_url(encoded) == encoded
