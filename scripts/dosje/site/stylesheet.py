"""Joins the style sheets of a built site into one, without rules that no page uses.

A browser draws no page before its style sheets are there, and Material brings rules for all that it can show. Rules are
left out if their classes, or Material's own attributes, stand in no page and no script, and custom properties if
nothing uses them. Scripts that no page loads are removed, too. Knows nothing of records.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import tinycss2

from ..system.writing import write_file

_FOLDER = "assets"
# Where Material lays its scripts; 1.5 MB with their maps.
_SCRIPTS = "assets/javascripts"
_LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)">\s*')
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
_SOURCE = re.compile(r'\bsrc="([^"]+)"')
_WORD = re.compile(r"[\w-]+")
# What a page may use. Each begins with letters, because a regex that starts with a letter is fastest.
_CLASSES = (re.compile(r'class="([^"]*)"'), re.compile(r"class='([^']*)'"), re.compile(r"class=([^\s\"'>]+)"))
_ATTRIBUTE = re.compile(r'data-md-([\w-]+)="([^"]*)"')
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
# Rules of these hold others.
_HOLDERS = ("media", "supports", "layer", "container")
# One argument of these must fit; of other functions nothing is known.
_CHOICES = ("is", "where", "matches", "any", "-webkit-any", "-moz-any")


@dataclass
class _Uses:
    """What the pages and scripts of a site use, gathered page by page."""

    classes: set[str] = field(default_factory=set)
    attributes: set[tuple[str, str]] = field(default_factory=set)  # Material's, without "data-md-", and their values
    variables: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)  # of scripts
    beginnings: tuple[str, ...] = ()  # of words that scripts put together
    scripts: set[str] = field(default_factory=set)  # their paths below the site

    def read_page(self, html: str, folder: str, site: Path) -> None:
        for pattern in _CLASSES:
            self.classes.update(pattern.findall(html))
        self.attributes.update(_ATTRIBUTE.findall(html))
        self.variables.update(_VARIABLE.findall(html))
        for attributes, inline in _SCRIPT.findall(html):
            source = _SOURCE.search(attributes)
            if source and (path := _find(source[1], folder, site)):
                self.scripts.add(path)
            elif "json" not in attributes:
                self.words.update(_WORD.findall(inline))

    def read_scripts(self, site: Path) -> None:
        """Read the words of the scripts, and split the class attributes, which were kept whole because few differ."""
        self.classes = {name for value in self.classes for name in value.split()}
        for path in self.scripts:
            self.words.update(_WORD.findall((site / path).read_text(encoding="utf-8", errors="replace")))
        # `dosje-match--${confidence}`
        self.beginnings = tuple(word for word in self.words if word.endswith("-") and word.strip("-"))

    def has_class(self, name: str) -> bool:
        return name in self.classes or name in self.words or name.startswith(self.beginnings)

    def has_attribute(self, name: str, value: str) -> bool:
        bare = name.removeprefix("data-md-")
        return bare == name or name in self.words or (bare, value) in self.attributes


def join_stylesheets(site: Path) -> None:
    """Make all pages of a built site load one style sheet; remove those joined in it, and scripts that none loads."""
    pages, uses = sorted(site.rglob("*.html")), _Uses()
    sheets: dict[tuple[str, ...], str] = {}
    for page in pages:
        html, folder = page.read_text(encoding="utf-8"), page.parent.relative_to(site).as_posix()
        uses.read_page(html, folder, site)
        sheets[_sheets_of(html, folder, site)] = ""
    uses.read_scripts(site)
    for paths in [paths for paths in sheets if paths]:
        data = _join(paths, uses, site).encode()
        sheets[paths] = f"{_FOLDER}/site.{hashlib.sha256(data).hexdigest()[:8]}.css"
        write_file(site / sheets[paths], data)
    for page in pages:
        html, folder = page.read_text(encoding="utf-8"), page.parent.relative_to(site).as_posix()
        if joined := sheets[_sheets_of(html, folder, site)]:
            write_file(page, _link(html, folder, joined, site).encode())
    for path in {path for paths in sheets for path in paths}:
        (site / path).unlink()
        (site / f"{path}.map").unlink(missing_ok=True)
    if not any(path.startswith(_SCRIPTS) for path in uses.scripts):
        shutil.rmtree(site / _SCRIPTS, ignore_errors=True)


def _sheets_of(html: str, folder: str, site: Path) -> tuple[str, ...]:
    """Return the paths below the site of the style sheets of its own that a page loads, in their order."""
    found = (_find(address, folder, site) for address in _LINK.findall(html))
    return tuple(path for path in found if path)


def _find(address: str, folder: str, site: Path) -> str:
    """Return the path below the site of a file that a page in `folder` names, "" if it is none of the site's."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return ""
    path = unquote(parts.path)
    if not path.startswith("/"):
        path = posixpath.normpath(posixpath.join(folder, path))
        return path if not path.startswith("..") and (site / path).is_file() else ""
    # The page 404.html has addresses from the root of the host, and the site may lie in a folder there.
    names = posixpath.normpath(path).strip("/").split("/")
    tails = ("/".join(names[at:]) for at in range(len(names)))
    return next((tail for tail in tails if (site / tail).is_file()), "")


def _link(html: str, folder: str, joined: str, site: Path) -> str:
    """Return a page that loads `joined` in the place of its first style sheet, and none of the others."""
    is_first = True

    def replace(match: re.Match[str]) -> str:
        nonlocal is_first
        path = _find(match[1], folder, site)
        if not path:
            return match[0]
        top = match[1].startswith("/")
        address = match[1].removesuffix(path) + joined if top else posixpath.relpath(joined, folder)
        shown, is_first = f'<link rel="stylesheet" href="{address}">\n' if is_first else "", False
        return shown

    return _LINK.sub(replace, html)


def _join(paths: Iterable[str], uses: _Uses, site: Path) -> str:
    """Return style sheets as one, with the rules that the site uses."""
    rules: list[Any] = []
    for path in paths:
        text = (site / path).read_text(encoding="utf-8")
        parsed = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        rules += _alive(parsed, uses)
        for rule in parsed:
            _readdress(rule, posixpath.dirname(path))
    kept = "".join(_write(rule, None) for rule in rules)
    asked = uses.variables | set(_VARIABLE.findall(kept)) | {word for word in uses.words if word.startswith("--")}
    return "".join(_write(rule, asked) for rule in rules) + "\n"


def _alive(rules: Iterable[Any], uses: _Uses) -> Iterator[Any]:
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in _HOLDERS and rule.content is not None:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            rule.content = list(_alive(inner, uses))
            if rule.content:
                yield rule
        elif rule.type == "qualified-rule":
            parts = [part for part in _split(rule.prelude) if _is_alive(part, uses)]
            rule.prelude = [token for part in parts for token in (*_strip(part), _COMMA)][:-1]
            if parts:
                yield rule
        elif rule.type == "at-rule" and rule.lower_at_keyword != "charset":
            yield rule


_COMMA = tinycss2.parse_component_value_list(",")[0]


def _split(tokens: Iterable[Any]) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        elif token.type != "comment":
            parts[-1].append(token)
    return parts


def _strip(tokens: list[Any]) -> list[Any]:
    is_space = [token.type == "whitespace" for token in (*tokens[:1], *tokens[-1:])]
    return tokens[is_space[0] : len(tokens) - is_space[-1]] if tokens else tokens


def _is_alive(selector: Sequence[Any], uses: _Uses) -> bool:
    """Return whether a selector can fit anything, as far as classes and Material's attributes tell."""
    for before, token in zip((None, *selector), selector, strict=False):
        if token.type == "ident" and before is not None and before == "." and not uses.has_class(token.value):
            return False
        if token.type == "[] block" and not _has_attribute(token.content, uses):
            return False
        is_choice = token.type == "function" and token.lower_name in _CHOICES
        if is_choice and not any(_is_alive(part, uses) for part in _split(token.arguments)):
            return False
    return True


def _has_attribute(tokens: Iterable[Any], uses: _Uses) -> bool:
    found = [token for token in tokens if token.type != "whitespace"]
    if len(found) != 3 or found[1] != "=":  # any value, or a part of one
        return True
    return uses.has_attribute(found[0].value, found[2].value)


def _readdress(node: Any, folder: str) -> None:
    """Make relative addresses of files start from the folder of the joined style sheet."""
    if folder == _FOLDER:
        return
    for token in _tokens_below(node):
        if token.type == "url" and not urlsplit(token.value).scheme and not token.value.startswith(("/", "#")):
            address = posixpath.relpath(posixpath.join(folder, token.value), _FOLDER)
            token.representation = f'url("{address}")'


def _tokens_below(node: Any) -> Iterator[Any]:
    yield node
    for name in ("prelude", "content", "arguments", "value"):
        inside = getattr(node, name, None)
        for token in inside if isinstance(inside, list) else ():
            yield from _tokens_below(token)


def _write(rule: Any, asked: set[str] | None) -> str:
    """Return a rule on one line; of its custom properties only those in `asked`, if that is given."""
    for token in _tokens_below(rule):
        if token.type == "whitespace":
            token.value = " "
    head = tinycss2.serialize(rule.prelude).strip()
    if rule.type == "at-rule":
        head = f"@{rule.at_keyword} {head}".strip()
        if rule.content is None:
            return f"{head};"
        if rule.lower_at_keyword in _HOLDERS:
            return f"{head}{{{''.join(_write(inner, asked) for inner in rule.content)}}}"
        if "keyframes" in rule.lower_at_keyword:
            return f"{head}{{{tinycss2.serialize(rule.content).strip()}}}"
    said = []
    for one in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        is_asked = asked is None or one.type != "declaration" or not one.name.startswith("--") or one.name in asked
        if is_asked and one.type != "error":
            said.append(one.serialize())
    return f"{head}{{{';'.join(said)}}}" if said else ""
