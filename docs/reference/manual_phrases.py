"""The page of the manual on the words of the site: every key of the phrases, with its English and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

import dosje.phrases

ENGLISH = Path(dosje.phrases.__file__).parent / "en.yml"


def phrases_page() -> str:
    """Return the page's Markdown."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield "# Words of the site\n"
    yield "Every word of ours that a reader sees, by its key. [Languages](../languages.md) says how they are"
    yield "translated, and how an edition says one of them in its own way. `{name}` is a place for a value.\n"
    for where, phrases in groups():
        yield f"## {where}\n"
        yield "| Key | English |"
        yield "|:----|:--------|"
        for key, value in phrases.items():
            yield f"| `{key}` | {_shown(value)} |"
        yield ""


def groups() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield where phrases stand, as the file says it above them, and the phrases: key -> text, or text by form."""
    text = ENGLISH.read_text(encoding="utf-8")
    for block in re.split(r"\n\s*\n", text):
        about = " ".join(line.lstrip("# ") for line in block.splitlines() if line.startswith("#"))
        found = yaml.safe_load(block) or {}
        phrases = {key: value for key, value in found.items() if "." in key}
        if phrases:
            yield about.split(". ")[0].rstrip(".") or next(iter(phrases)).split(".")[0], phrases


def _shown(value: Any) -> str:
    forms = value if isinstance(value, dict) else {"": value}
    return " <br> ".join(f"{form}: {_code(text)}" if form else _code(text) for form, text in forms.items())


def _code(text: object) -> str:
    shown = str(text).replace("|", "\\|").replace("\n", " ")
    return f"`` {shown} ``" if shown.strip() else "(nothing)"
