"""What a page may load and run: the Content-Security-Policy of its pages, and which settings it makes useless.

Each page has it in its head. If the text of a record ever gets through as HTML, it still runs nothing and loads nothing
from another host. Source: W3C, Content Security Policy Level 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..values.findings import Finding, Span, did_you_mean
from .files import find_files, name_of, read_text
from .yamltree import Located
from .yamltree import Path as FieldPath

NO_POLICY = "none"
# The search is a WebAssembly program.
DEFAULT = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
_DIRECTIVES = (
    "default-src", "script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem", "style-src-attr",
    "img-src", "font-src", "connect-src", "media-src", "object-src", "frame-src", "child-src", "worker-src",
    "manifest-src", "fenced-frame-src", "form-action", "base-uri", "upgrade-insecure-requests",
    "require-trusted-types-for", "trusted-types",
)  # fmt: skip
# A browser reads these only in a header, not in a page.
_OF_HEADERS = ("frame-ancestors", "report-uri", "report-to", "sandbox")
# All characters of a policy, without those that end an attribute or begin something else in HTML.
_POLICY = re.compile(r"[ !#-%'-;=?-~]+")
_WAY_OUT = "or let it in by content_security_policy: under extra: dosje:"
_EXAMPLE = f"content_security_policy: {NO_POLICY}, or as in docs/manual/publishing.md"
# YAML 1.1, https://yaml.org/type/bool.html, as far as PyYAML reads it so.
_FALSE = frozenset(form for word in ("false", "no", "off") for form in (word, word.capitalize(), word.upper()))
# What the edition's own template may contain and a page may not.
_INLINE = re.compile(
    r"(?=<script\b)(?![^>]*(?:\bsrc\b|json))|(?=<style\b)|<[a-z][^<>]*?\s(?=(?:on[a-z]+|style)\s*=)|(?=javascript:)",
    re.I,
)


class PolicyError(ValueError):
    """The text in mkdocs.yml is not a policy. The message says why, `hint` what can be typed."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def read_policy(text: str) -> str:
    """Return the policy: `text`, the program's own for "", and no policy, "", for "none". Raises PolicyError."""
    if text in ("", NO_POLICY):
        return "" if text else DEFAULT
    if not _POLICY.fullmatch(text):
        message = "content_security_policy is one line of plain letters and signs, without double quotes, <, > and &"
        raise PolicyError(message, _EXAMPLE)
    for name in (part.split()[0].lower() for part in text.split(";") if part.strip()):
        if name in _OF_HEADERS:
            message = f"{name} means nothing in a page, only in a header of the server"
            raise PolicyError(message, "docs/manual/publishing.md has the headers")
        if name not in _DIRECTIVES:
            hint = did_you_mean(name, _DIRECTIVES) or _EXAMPLE
            raise PolicyError(f'a policy has no "{name}"', hint)
    return " ".join(text.split())


def on_disk(policy: str) -> str:
    """Return the policy of a page that is opened from disk. There the search runs a script that it makes itself."""
    rules = {rule.split()[0]: rule.strip() for rule in policy.split(";") if rule.strip()}
    given = rules.get("script-src", rules.get("default-src"))
    if given is None:
        return policy
    sources = [source for source in given.split()[1:] if source != "'none'"]
    rules["script-src"] = " ".join(dict.fromkeys(("script-src", *sources, "blob:")))
    return "; ".join(rules.values())


def find_blocked(located: Located, config: dict[str, Any]) -> Iterator[Finding]:
    """Yield what mkdocs.yml asks for and the program's own policy blocks."""
    for path, what, hint in _foreign(config, has_font=_has_font(located, config)):
        yield Finding(located.span(path), "blocked-by-policy", what, f"{hint}, {_WAY_OUT}")


def find_inline(root: Path, folder: str) -> Iterator[Finding]:
    """Yield inline scripts, styles and handlers in the edition's own theme templates. They would do nothing."""
    for path in find_files(root / folder, root).files if _is_inside(root, folder) else ():
        if path.suffix != ".html":
            continue
        text, _ = read_text(path, root)
        for match in _INLINE.finditer(text or ""):
            before = (text or "")[: match.end()]
            span = Span(name_of(path, root), before.count("\n") + 1, len(before) - before.rfind("\n"))
            what = "a page runs no script and has no style that stands within it: this would do nothing"
            hint = "put it into a file: extra_javascript or extra_css in mkdocs.yml"
            yield Finding(span, "blocked-by-policy", what, hint)


def find_unheld(located: Located, docs_dir: str) -> Finding:
    """Return the finding that an edition has pages without a policy, because of the scripts in `docs_dir` and theme."""
    what = f"no page bears a policy, those of the records neither, as {docs_dir}/ has pages of HTML"
    hint = f"move them into content/pages/, and take docs_dir out; or write content_security_policy: {NO_POLICY}"
    return Finding(located.span(("docs_dir",)), "no-policy", what, f"{hint} under extra: dosje:")


def _foreign(config: dict[str, Any], *, has_font: bool) -> Iterator[tuple[FieldPath, str, str]]:
    """Yield the fields that make pages load from another host: where, what, and what can be done."""
    theme, extra = _fields(config, "theme"), _fields(config, "extra")
    named: list[tuple[FieldPath, Any]] = [(("theme", name), theme.get(name)) for name in ("logo", "favicon")]
    lists: list[tuple[FieldPath, dict[str, Any]]]
    lists = [(("extra_css",), config), (("extra_javascript",), config), (("extra", "polyfills"), extra)]
    for path, holder in lists:
        items = holder.get(str(path[-1]))
        named += [((*path, at), item) for at, item in enumerate(items if isinstance(items, list) else [])]
    for path, item in named:
        address = item.get("path") if isinstance(item, dict) else item
        if host := _host(address):
            yield path, f"{host} is another host, from which pages load nothing", "put a copy into content/assets/"
    if has_font:
        what = "the font is loaded from fonts.googleapis.com, another host, from which pages load nothing"
        yield ("theme", "font"), what, "font: false, for the edition's own faces"
    if extra.get("analytics"):
        what = "the script that counts readers comes from another host, from which pages load nothing"
        yield ("extra", "analytics"), what, "leave it out"


def _has_font(located: Located, config: dict[str, Any]) -> bool:
    """Say whether the theme loads a font: for every value but those that MkDocs reads as false, without quotes."""
    path: FieldPath = ("theme", "font")
    font = _fields(config, "theme").get("font")
    is_false = isinstance(font, str) and font in _FALSE and not getattr(located.nodes.get(path), "style", None)
    return font is not None and not is_false


def _is_inside(root: Path, folder: str) -> bool:
    return (root / folder).resolve().is_relative_to(root.resolve())


def _host(address: Any) -> str:
    return urlsplit(address.strip()).netloc if isinstance(address, str) else ""


def _fields(config: dict[str, Any], *path: str) -> dict[str, Any]:
    value: Any = config
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}
