"""The icons that mkdocs.yml chooses for admonitions, annotations and tags, as a style sheet.

Material writes them as a style into each page, which the policy of the pages forbids.
"""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

ICON_STYLES = "assets/icons.css"
_NAME = re.compile(r"[\w-]+(?:/[\w-]+)*")


class IconError(ValueError):
    """mkdocs.yml names an icon that does not exist; the message says which."""


def make_icons(chosen: Mapping[str, Any], own: Path) -> str:
    """Return the style sheet for what stands under `theme: icon:`, "" for nothing. Raises IconError.

    `own`: the folder of the edition's own files of the theme, which may have `.icons/`, as Material's has.
    """
    folders = (own / ".icons", Path(str(importlib.resources.files("material"))) / "templates" / ".icons")
    return "".join(_rules(chosen, folders))


def _rules(chosen: Mapping[str, Any], folders: Sequence[Path]) -> Iterator[str]:
    for kind, name in _named(chosen.get("admonition")):
        yield f":root{{--md-admonition-icon--{kind}:{_read(name, folders)}}}\n"
    if name := chosen.get("annotation"):
        yield f":root{{--md-annotation-icon:{_read(name, folders)}}}\n"
    for kind, name in _named(chosen.get("tag")):
        selector = ".md-tag" if kind == "default" else f".md-tag--{kind}"
        yield f"{selector}{{--md-tag-icon:{_read(name, folders)}}}\n"


def _named(names: Any) -> Iterator[tuple[str, Any]]:
    for kind, name in names.items() if isinstance(names, dict) else ():
        if name and _NAME.fullmatch(str(kind)):
            yield str(kind), name


def _read(name: Any, folders: Sequence[Path]) -> str:
    path = f"{name}.svg"
    found = [folder / path for folder in folders if _NAME.fullmatch(str(name)) and (folder / path).is_file()]
    if not found:
        raise IconError(f'there is no icon "{name}"')
    return f'url("data:image/svg+xml;charset=utf-8,{quote(found[0].read_text(encoding="utf-8").strip())}")'
