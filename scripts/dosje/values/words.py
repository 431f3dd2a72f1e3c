"""Words: a run of text with emphasis and links, as one small typed tree for every output.

The output of a citation style, and every other formatted line, has this form. Web pages, PDF and EPUB have an emitter
each. Knows nothing of sources or pages.
"""

from __future__ import annotations

import html
import re
from typing import Any, NamedTuple

from .stand_ins import STAND_INS

_STYLE_BY_PANDOC = {
    "Emph": "em", "Strong": "strong", "SmallCaps": "smallcaps", "Superscript": "sup", "Subscript": "sub",
}  # fmt: skip
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&@|~^=!$\"#]")
# Most texts are like this: letters first, single spaces, no special characters. One test takes the place of four.
_HARMLESS = re.compile(r"[^\W\d_](?:[^\W_]|[,.;()’“”–—'-]| (?! ))*\Z")
_BLANKS = re.compile(r"[ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x1b\x7f]")
# Python-Markdown puts the notes of the page where it finds this in a text.
_NOTES_HERE = "///Footnotes Go Here///"
# Quotation marks that close in some language, and the space before them in French.
_CLOSING = "”’“‘»«\u00a0\u202f"
# A "%" without two hexadecimal digits behind it is only a percent sign.
_UNFIT_IN_URL = re.compile(r"[\x00-\x20\x7f-\xa0\s<>\"\\^`\[\]{}|\ufffe\uffff]|%(?![0-9A-Fa-f]{2})")
_LINE_START = re.compile(r"\A(\s*)(?:(\d+)([.)])|([-+:]))")


class Run(NamedTuple):  # not a dataclass: a build makes and compares millions
    """A text in one style: its styles, the outermost first, and the address that it links to."""

    text: str
    styles: tuple[str, ...] = ()
    url: str = ""


Words = tuple[Run, ...]

_ISOLATED = re.compile("\u2068([^\u2068\u2069<>]*)\u2069")


def plain(words: Words) -> str:
    """Return the text alone."""
    return "".join(run.text for run in words)


def has_words(words: Words) -> bool:
    """Say whether there is anything to read in the words, and not only punctuation. A stand-in will be a number."""
    return any(sign.isalnum() or sign in STAND_INS for sign in plain(words))


def of_text(text: str) -> Words:
    """Return `text` as words without any style."""
    return (Run(text),) if text else ()


def read_pandoc(inlines: list[dict[str, Any]], styles: tuple[str, ...] = (), url: str = "") -> Words:
    """Return the words of pandoc's inlines. Neighbours with the same style are joined."""
    runs: list[Run] = []
    for node in inlines:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind == "Str":
            runs.append(Run(content, styles, url))
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            runs.append(Run(" ", styles, url))
        elif kind in _STYLE_BY_PANDOC:
            runs += read_pandoc(content, (*styles, _STYLE_BY_PANDOC[kind]), url)
        elif kind == "Link":
            runs += read_pandoc(content[1], styles, content[2][0])
        elif kind in ("Span", "Quoted", "Cite"):
            runs += read_pandoc(content[1], styles, url)
        elif kind in ("Underline", "Strikeout"):
            runs += read_pandoc(content, styles, url)
        elif kind in ("Code", "Math", "RawInline"):
            runs.append(Run(content[1], styles, url))
    return _join(runs)


def strip_prefix(words: Words, prefix: str) -> Words:
    """Return the words without the `prefix` at the beginning of their text."""
    left = len(prefix)
    rest = []
    for run in words:
        cut = min(left, len(run.text))
        left -= cut
        rest.append(Run(run.text[cut:], run.styles, run.url))
    return _join(rest)


def replace_text(words: Words, old: str, new: str) -> Words:
    """Return the words with every `old` in a run's text replaced."""
    return tuple(Run(run.text.replace(old, new), run.styles, run.url) if old in run.text else run for run in words)


def substitute(words: Words, pattern: str, template: str) -> Words:
    """Return the words with each match of the pattern in a run's text replaced by the template."""
    return _join([Run(re.sub(pattern, template, run.text), run.styles, run.url) for run in words])


def cut_text(words: Words, old: str) -> Words:
    """Return the words without `old`, and without the punctuation and space between it and its neighbour."""
    sign = r"[,.;:]? ?"
    pattern = re.compile(rf"\A{old}{sign}|(?<= ){old}{sign}|{sign}{old}")
    return _join([Run(pattern.sub("", run.text), run.styles, run.url) for run in words])


def capitalize(words: Words) -> Words:
    """Return the words with a capital as their first letter, for the beginning of a note."""
    for index, run in enumerate(words):
        if run.text.strip():
            start = len(run.text) - len(run.text.lstrip())
            text = run.text[:start] + run.text[start : start + 1].upper() + run.text[start + 1 :]
            return (*words[:index], Run(text, run.styles, run.url), *words[index + 1 :])
    return words


def set_sign(words: Words, sign: str, in_quotes: bool) -> tuple[Words, str]:
    """Return the words, and the part of the punctuation `sign` that must still follow them.

    A full stop is not doubled. `in_quotes`: the language writes "so," she said. There the sign goes inside a closing
    quotation mark, and a question mark replaces a comma.
    """
    if sign not in (".", ","):
        return words, sign
    text = plain(words)
    bare = text.rstrip(_CLOSING)
    goes_within = in_quotes and bare != text
    if (sign == "." and bare.endswith((".", "?", "!"))) or (goes_within and bare.endswith(("?", "!"))):
        return words, ""
    last = words[-1] if words else Run("")
    at = len(last.text) - len(text) + len(bare)
    if goes_within and at > 0:
        return (*words[:-1], Run(last.text[:at] + sign + last.text[at:], last.styles, last.url)), ""
    return words, sign


def to_json(words: Words) -> list[list[Any]]:
    """Return a JSON value that `from_json` reads back."""
    return [[run.text, list(run.styles), run.url] for run in words]


def from_json(value: list[list[Any]]) -> Words:
    """Return the words that `to_json` wrote."""
    return tuple(Run(text, tuple(styles), url) for text, styles, url in value)


def escape(text: str) -> str:
    """Return `text` so that it is only text, in Markdown, in a table's cell and in HTML.

    It uses numeric character references, because a backslash does not work in HTML or in code.
    """
    if _HARMLESS.match(text):
        return text
    # Four spaces would begin code, and a line end a new block. Markdown uses control characters itself.
    text = _CONTROL.sub("", _BLANKS.sub(" ", text))
    text = keep_notes(_SPECIAL.sub(_refer, text))
    return _LINE_START.sub(lambda m: m[1] + (m[2] + _refer_text(m[3]) if m[2] else _refer_text(m[4])), text)


def keep_notes(text: str) -> str:
    """Return an author's Markdown without the command that tells Python-Markdown where to put the notes."""
    return text.replace(_NOTES_HERE, f"&#47;{_NOTES_HERE[1:]}")


def is_safe_url(url: str) -> bool:
    """Say whether the address leads to the site or the web, and not to something that a browser would run."""
    # A browser decodes "&colon;" before it looks at the address.
    bare = html.unescape(url)
    return re.match(r"(?:https?|mailto|tel):|[^\s:]*(?:[/#?]|\Z)", bare, re.IGNORECASE) is not None


def encode_url(url: str) -> str:
    """Return a web address with its forbidden characters encoded. In a DOI, "#" and "?" are encoded too.

    Letters of all scripts stay unchanged. Source: RFC 3986, appendix A; RFC 3987; the DOI handbook, 3.7.2.
    """
    doi = re.match(r"https?://(?:dx\.)?doi\.org/", url, re.IGNORECASE)
    # A second "#" does not begin a fragment.
    start = doi.end() if doi else url.find("#") + 1 or len(url)
    unfit, rest = _UNFIT_IN_URL.sub(_encode, url[:start]), _UNFIT_IN_URL.sub(_encode, url[start:])
    return unfit + re.sub(r"[#?]" if doi else "#", _encode, rest)


def escape_url(url: str) -> str:
    """Return an address that can stand in Markdown's round brackets."""
    return re.sub(r"[()'*_@]", _encode, encode_url(url))


def _encode(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def without_end(escaped: str) -> str:
    """Return escaped text without the blanks and punctuation at its end."""
    bare = escaped.rstrip(" ,;:")
    # The ";" of a character reference belongs to the character.
    return f"{bare};" if re.search(r"&(?:#\d+|\w+)\Z", bare) else bare


def mark_isolated(markup: str) -> str:
    """Return HTML in which text that Unicode's signs isolate (`bidi`) stands in an element that does so."""
    return _ISOLATED.sub(r"<bdi>\1</bdi>", markup) if "\u2068" in markup else markup


def _join(runs: list[Run]) -> Words:
    joined: list[Run] = []
    for run in runs:
        if joined and (joined[-1].styles, joined[-1].url) == (run.styles, run.url):
            joined[-1] = Run(joined[-1].text + run.text, run.styles, run.url)
        elif run.text:
            joined.append(run)
    return tuple(joined)


def _refer(match: re.Match[str]) -> str:
    return _refer_text(match[0])


def _refer_text(text: str) -> str:
    return "".join(f"&#{ord(character)};" for character in text)
