"""How the parts of a person's name are put together."""

from __future__ import annotations

from ..reading.records import PersonName


def display_name(name: PersonName) -> str:
    """Return a person's name as in a sentence: "Enver Hoxha"."""
    parts = (name.family, name.given) if name.family_first else (name.given, name.family)
    return " ".join(part for part in parts if part)


def sort_name(name: PersonName) -> str:
    """Return a person's name as in an index: "Hoxha, Enver"."""
    if name.family_first or not name.given:
        return display_name(name)
    return f"{name.family}, {name.given}"
