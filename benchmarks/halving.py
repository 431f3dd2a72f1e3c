"""Makes an edition of a part of another's sources, and of nothing else: records without what was written about them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from dosje.checking.edition import check_edition
from dosje.edition.links import LinkedCorpus
from dosje.values.findings import format_findings

# What makes a unit findable. All that cites other records is left out.
_OF_SOURCES = (
    *("type", "medium", "title", "original_title", "author", "recipient", "date", "part_of", "repository", "reference"),
    *("code", "year", "file", "folios", "leaves", "level", "variants", "number", "language"),
)  # fmt: skip
_OF_OTHERS = {
    "persons": ("name", "variants", "born", "died"),
    "organisations": ("name", "variants", "abbreviation"),
    "archives": ("name", "english", "abbreviation", "variants", "language", "labels", "reference", "separator"),
}
_FIELD = re.compile(r"\n\s*(?:via|seen|annotation|variants)\s*=\s*\{(?:[^{}]|\{[^{}]*\})*\},?")


def is_in_half(key: str) -> bool:
    """Say whether a source is among the half that is kept: the same half each time."""
    return hashlib.sha256(key.encode()).digest()[0] % 2 == 0


def part_edition(project: Path, folder: Path, is_kept: Callable[[str], bool]) -> LinkedCorpus:
    """Return an edition in `folder` with the sources of another that are kept, and the units in which these lie."""
    content = project / "content"
    sources = {path.stem: _load(path) for path in sorted((content / "sources").glob("*.yml"))}
    kept: set[str] = set()
    for key in filter(is_kept, sources):
        while key in sources and key not in kept:
            kept.add(key)
            key = sources[key].get("part_of", "")  # noqa: PLW2901 - up the tree
    for key in sorted(kept):
        fields = {name: sources[key][name] for name in _OF_SOURCES if name in sources[key]}
        _dump(folder / "content" / "sources" / f"{key}.yml", {**fields, "seen": "original"})
    for path in sorted((content / "persons").glob("*.yml")) if kept else ():
        _dump(folder / "content" / "persons" / path.name, _some(_load(path), _OF_OTHERS["persons"]))
    for name in ("organisations", "archives") if kept else ():
        whole = _load(content / f"{name}.yml")
        _dump(folder / "content" / f"{name}.yml", {key: _some(one, _OF_OTHERS[name]) for key, one in whole.items()})
    for path in sorted((project / "bibliography").glob("*.bib")):
        entries = re.split(r"\n(?=@)", "\n" + _FIELD.sub("", path.read_text(encoding="utf-8")))
        mine = [one for one in entries if (found := re.match(r"@\w+\{([^,]+),", one)) and is_kept(found[1].strip())]
        (folder / "bibliography").mkdir(parents=True, exist_ok=True)
        (folder / "bibliography" / path.name).write_text("\n".join(mine) + "\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text("site_name: A part\n", encoding="utf-8")
    checked = check_edition(folder)
    assert checked.linked is not None, format_findings(one for one in checked.findings if one.is_error)
    return checked.linked


def _some(fields: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: fields[name] for name in names if name in fields}


def _load(path: Path) -> dict[str, Any]:
    # BaseLoader, because a date, a file "012" and a year are texts.
    return dict(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) or {})


def _dump(path: Path, fields: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(fields, allow_unicode=True, sort_keys=False), encoding="utf-8")
