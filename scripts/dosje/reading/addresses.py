"""Checks the addresses in mkdocs.yml that each page links to: none may run anything in the reader's browser.

Source: WHATWG, URL Standard, 4.4: which characters a browser removes from an address before it reads the scheme.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..values.findings import Finding
from .named_files import with_parents
from .yamltree import Located
from .yamltree import Path as FieldPath

# All texts in these fields are addresses, at any depth.
_FIELDS: tuple[tuple[str, ...], ...] = (
    ("nav",), ("edit_uri",), ("edit_uri_template",), ("extra", "homepage"), ("theme", "favicon"), ("theme", "logo"),
)  # fmt: skip
# In these fields only the values called `link` are addresses.
_LINKS = (("extra", "social"), ("extra", "alternate"))
# `settings_file` reads these fields of mkdocs.yml itself, and its rules are stricter.
_READ = (("site_url",), ("repo_url",))
_SCHEME = re.compile(r"([^/?#:]*):")
_SAFE = ("http", "https", "mailto", "tel")


def find_unsafe(config: Located, root: Path) -> Iterator[Finding]:
    """Yield the addresses in mkdocs.yml, and in what it inherits, that lead neither to the web nor to the edition."""
    files, _ = with_parents(config, root)
    for file in files:
        for field in _FIELDS if file is config else (*_FIELDS, *_READ):
            yield from _tell(file, field[-1], _texts(_at(file.value, field), field))
        for field in _LINKS:
            texts = _texts(_at(file.value, field), field)
            yield from _tell(file, "link", ((path, text) for path, text in texts if "link" in path))


def _tell(file: Located, name: str, texts: Iterator[tuple[FieldPath, str]]) -> Iterator[Finding]:
    for path, text in texts:
        scheme = _SCHEME.match(re.sub(r"[\s\x00-\x20]", "", html.unescape(text)))
        if scheme and scheme[1].lower() not in _SAFE:
            message = f'{name} may not lead to "{scheme[1]}:"'
            yield Finding(file.span(path), "unsafe-link", message, "use an https:// address, or a path of the edition")


def _at(value: Any, field: FieldPath) -> Any:
    for part in field:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _texts(value: Any, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    """Yield the texts in a value, each with its place. The YAML reader limits how deep a navigation can be."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(one, (*path, key))
