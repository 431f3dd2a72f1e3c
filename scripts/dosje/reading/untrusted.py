"""What a stranger's mkdocs.yml may say. MkDocs' settings can run code and read files, so this lists allowed ones.

Allowed are texts, names, web addresses, files of the edition, and Markdown extensions with plain options. Everything
else is a finding, also settings that a later MkDocs may bring. docs/manual/untrusted.md explains it to editors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..values.findings import Finding, Span
from .files import find_files, name_of
from .yamltree import Located
from .yamltree import Path as FieldPath

# MkDocs would run files in these folders with all rights of the program.
_OVERRIDES = "theme"
_YAML = "tag:yaml.org,2002:"
_TAGS = frozenset(f"{_YAML}{name}" for name in ("str", "seq", "map"))
_ANY = re.compile(r"(?s).*")
_TEXT = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*")
# A theme puts these into a page without a check.
_PLAIN = re.compile(r"[^<>\"\x00-\x1f\x7f]*")
_WORD = re.compile(r"[A-Za-z0-9_.-]*")
_FLAG = re.compile(r"(?i)true|false|yes|no|on|off|")
_WEB = re.compile(r"(?i)(?:https?://[^\s<>\"'`\\]+)?")
_FILE = re.compile(r"(?!/)(?!(?:.*/)?\.\.(?:/|$))[^\s<>\"'`\\:][^<>\"'`\\:\x00-\x1f\x7f]*|")
_ENTRY = re.compile(rf"{_FILE.pattern}|(?i:https?://|mailto:)[^\s<>\"'`\\]+")
_ICON = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*|")
_MEDIA = re.compile(r"[a-z() :-]*")


@dataclass(frozen=True)
class _Each:
    """A list, or a single value instead of a list."""

    of: Any


@dataclass(frozen=True)
class _Named:
    """A list of names, each alone or with its options; or a mapping of names to options (plugins, extensions)."""

    options: Mapping[str, Mapping[str, Any]]
    noun: str


@dataclass(frozen=True)
class _Titled:
    """The navigation: entries, or sections of entries, each with or without a title."""


def _all(allowed: Any, names: str) -> dict[str, Any]:
    return dict.fromkeys(names.split(), allowed)


_TOGGLE = {"icon": _ICON, "name": _PLAIN}
_PALETTE = {**_all(_WORD, "scheme primary accent"), "media": _MEDIA, "toggle": _TOGGLE}
_THEME = {
    "name": re.compile("material"),
    "language": re.compile("(?:[A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?)?"),
    "direction": re.compile("ltr|rtl"),
    "font": re.compile("(?i)false|no|off"),  # other fonts come from another host
    "features": _Each(_WORD),
    "palette": (_PALETTE, _Each(_PALETTE)),
    "icon": _all(_ICON, "logo repo previous next top share menu alternate search close"),
    "logo": _FILE,
    "favicon": _FILE,
}
# Options with plain values. Others name code, or files to read.
_EXTENSIONS: dict[str, dict[str, Any]] = {
    **_all({}, "abbr admonition attr_list def_list extra fenced_code md_in_html meta nl2br sane_lists tables"),
    **_all({}, "pymdownx.betterem pymdownx.caret pymdownx.details pymdownx.escapeall pymdownx.extra"),
    **_all({}, "pymdownx.mark pymdownx.saneheaders pymdownx.smartsymbols pymdownx.tilde"),
    "codehilite": _all(_WORD, "css_class guess_lang linenums noclasses use_pygments"),
    "footnotes": _all(
        _PLAIN, "BACKLINK_TEXT BACKLINK_TITLE PLACE_MARKER SEPARATOR SUPERSCRIPT_TEXT UNIQUE_IDS USE_DEFINITION_ORDER"
    ),
    "pymdownx.highlight": _all(
        _WORD,
        "anchor_linenums auto_title guess_lang linenums linenums_style line_spans pygments_lang_class use_pygments",
    ),
    "pymdownx.inlinehilite": {},
    # With disable_indented_code_blocks, an author's code would become HTML.
    "pymdownx.superfences": _all(_FLAG, "css_class preserve_tabs"),
    "pymdownx.tabbed": _all(_WORD, "alternate_style combine_header_slug"),
    "pymdownx.tasklist": _all(_FLAG, "clickable_checkbox custom_checkbox"),
    "smarty": _all(_FLAG, "smart_angled_quotes smart_dashes smart_ellipses smart_quotes"),
    "toc": _all(_PLAIN, "anchorlink baselevel permalink permalink_class permalink_title title toc_depth"),
}
_BIBTEX = {
    **_all(_FILE, "bib_dir bib_file csl_file"),
    **_all(_TEXT, "bib_by_default bib_command csl_file_encoding enable_inline_citations footnote_format"),
    "full_bib_command": _TEXT,
}
_SEARCH = {"lang": _Each(_WORD)}
# Only `settings_file` reads these. It decides itself which of them a stranger may not set, or may only lower.
_OURS = _all(
    None,
    "archival_ibid authors citation_style concordance content_security_policy date finished_pages folio_label licence "
    "limits locale paper report version via_in_notes",
)
_EXTRA = {
    "dosje": _OURS,
    "generator": _FLAG,
    "homepage": _WEB,
    "social": _Each({"icon": _ICON, "link": _WEB, "name": _PLAIN}),
}
_CHECKED_WORDS = _all(_WORD, "absolute_links anchors not_found omitted_files unrecognized_links")
_ALLOWED: dict[str, Any] = {
    **_all(_TEXT, "site_name site_description site_author"),
    "copyright": _PLAIN,
    "site_url": _WEB,
    "repo_url": _WEB,
    "repo_name": _PLAIN,
    "edit_uri": _FILE,
    "docs_dir": _ANY,  # `settings_file` decides which are allowed
    "site_dir": _ANY,
    "nav": _Titled(),
    "strict": _FLAG,
    "use_directory_urls": _FLAG,
    "validation": {**_CHECKED_WORDS, "links": _CHECKED_WORDS, "nav": _CHECKED_WORDS},
    "theme": (re.compile("material|"), _THEME),
    "extra_css": _Each(_FILE),
    "markdown_extensions": _Named(_EXTENSIONS, "extension"),
    "plugins": _Named({"bibtex": _BIBTEX, "search": _SEARCH, "material/search": _SEARCH}, "plugin"),
    "extra": _EXTRA,
}
OUT = "take it out, or leave --untrusted out where you trust whoever wrote this edition"


def find_untrusted(config: Located, root: Path) -> list[Finding]:
    """Return what an untrusted edition may not have in mkdocs.yml, or beside it (`theme/`)."""
    tags = [(config.span(path), node.tag) for path, node in config.nodes.items()]
    tags += [(config.key_span(path), node.tag) for path, node in config.keys.items()]
    findings = [
        Finding(span, "untrusted", f"the tag {tag.replace(_YAML, '!!')} can run code", OUT)
        for span, tag in tags
        if tag not in _TAGS
    ]
    value = config.value if isinstance(config.value, dict) else {}
    findings += [refused.tell(config) for refused in _look(value, _ALLOWED, ())]
    overrides = find_files(root / _OVERRIDES, root, with_hidden=True).files[:1]
    message = "files of an edition's own in theme/ can run code"
    return findings + [Finding(Span(name_of(path, root), 1, 1), "untrusted", message, OUT) for path in overrides]


@dataclass(frozen=True)
class _Refused:
    """What is refused: the name or the value of the field at a path."""

    path: FieldPath
    what: str
    is_name: bool = False

    def tell(self, config: Located) -> Finding:
        span = config.key_span(self.path) if self.is_name else config.span(self.path)
        return Finding(span, "untrusted", f"{self.what} is not allowed in an edition that is not trusted", OUT)


def _look(value: Any, allowed: Any, path: FieldPath) -> Iterator[_Refused]:
    """Yield the parts of a value that are not allowed."""
    if allowed is None or value == "":
        return
    if isinstance(allowed, tuple):
        allowed = next((one for one in allowed if _has_shape(value, one)), allowed[0])
    if isinstance(allowed, _Titled):
        yield from _look_at_entries(value, path)
    elif isinstance(allowed, _Named):
        yield from _look_at_names(value, allowed, path)
    elif isinstance(allowed, _Each) and isinstance(value, list):
        for index, one in enumerate(value):
            yield from _look(one, allowed.of, (*path, index))
    elif isinstance(allowed, _Each):
        yield from _look(value, allowed.of, path)
    elif isinstance(allowed, dict) and isinstance(value, dict):
        for key, one in value.items():
            known = key in allowed
            yield from _look(one, allowed[key], (*path, key)) if known else [_Refused((*path, key), f'"{key}"', True)]
    elif not isinstance(allowed, re.Pattern) or not isinstance(value, str) or not allowed.fullmatch(value):
        yield _refused_value(path)


def _has_shape(value: Any, allowed: Any) -> bool:
    shape: type = re.Pattern if isinstance(value, str) else dict if isinstance(value, dict) else _Each
    return isinstance(allowed, shape)


def _refused_value(path: FieldPath) -> _Refused:
    name = next((part for part in reversed(path) if isinstance(part, str)), "mkdocs.yml")
    return _Refused(path, f'this value of "{name}"')


def _look_at_entries(value: Any, path: FieldPath) -> Iterator[_Refused]:
    if isinstance(value, str):
        yield from _look(value, _ENTRY, path)
        return
    for key, one in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _look_at_entries(one, (*path, key))


def _look_at_names(value: Any, allowed: _Named, path: FieldPath) -> Iterator[_Refused]:
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from _look_at_names(one, allowed, (*path, index))
        return
    for key, options in value.items() if isinstance(value, dict) else [(value, "")]:
        place = (*path, key) if isinstance(value, dict) else path
        known = allowed.options.get(str(key).removeprefix("markdown.extensions."))
        what = f'the {allowed.noun} "{key}"'
        yield from _look(options, known, place) if known is not None else [_Refused(place, what, True)]
