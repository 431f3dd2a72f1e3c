"""Sources as objects of CSL-JSON, and what other formats read of them: titles, language, place, names, date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..phrases.phrases import Phrases
from ..values.languages import UNKNOWN

Item = dict[str, Any]


def titles_of(item: Item) -> tuple[str, str]:
    """Return the title of a source, and the edition's description of it if that differs."""
    own, described = str(item.get("title", "")), str(item.get("custom", {}).get("title", ""))
    return own, described if described != own else ""


def kind_of(item: Item, phrases: Phrases) -> str:
    """Return what an archival unit is: "letter", "letter (telegram, draft)"."""
    kind = phrases(f"source.type.{item['custom']['type']}")
    more = ", ".join(str(item[name]) for name in ("medium", "status") if item.get(name))
    return phrases("source.with-state", form=kind, state=more) if more else kind


def kind_to_whom(item: Item, phrases: Phrases) -> str:
    """Return what an archival unit is, and to whom: "Letter to Enver Hoxha"."""
    kind = kind_of(item, phrases)
    kind = kind[:1].upper() + kind[1:]
    names = ", ".join(name_in_order(name) for name in item.get("recipient", ()))
    return phrases("export.type-and-recipients", type=kind, names=names) if names else kind


def language_of(item: Item) -> str:
    """Return the language of a source, "" if it is unknown."""
    language = str(item.get("language", ""))
    return "" if language == UNKNOWN else language


def place_of(item: Item) -> str:
    """Return where an archival unit lies, as one line: archive, its place, reference with folios."""
    parts = (item.get("archive"), item.get("archive-place"), item.get("archive_location"))
    return ", ".join(str(part) for part in parts if part)


def name_in_order(name: Mapping[str, str]) -> str:
    """Return a name in the order of a sentence."""
    parts = (name.get(part, "") for part in ("given", "dropping-particle", "non-dropping-particle", "family", "suffix"))
    return name.get("literal") or " ".join(part for part in parts if part)


def one_piece(text: str) -> str:
    """Return a name, or a part of one, for readers that take a comma for the end of it: its own becomes a dash."""
    return re.sub(r"\s*,\s*", " – ", text)


def parts_of_name(name: Mapping[str, str]) -> tuple[str, str]:
    """Return what stands before and behind the comma of a name in an index; of one in one piece, the whole and ""."""
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    given = " ".join(filter(None, (name.get("given"), name.get("dropping-particle"), name.get("suffix"))))
    return (family, given) if family and given else (name.get("literal") or family or given, "")


def edtf_of(item: Item) -> str:
    """Return the date of an item as EDTF, or its words where it has words; "" if there is none."""
    issued = item.get("issued", {})
    if "literal" in issued:
        return str(issued["literal"])
    sign = "~" if issued.get("circa") else ""
    ends = ["-".join(_figures(n, i) for i, n in enumerate(part)) for part in issued.get("date-parts", ())]
    return "/".join(f"{end}{sign}" for end in ends)


def _figures(number: int, at: int) -> str:
    """Return a year in four digits, a month or day in two. CSL counts no year 0, which EDTF does."""
    if number < 0:
        return f"-{-number - 1:04}"
    return f"{number:02}" if at else f"{number:04}"


def plain_text(rich: str) -> str:
    """Return a text of CSL-JSON without its tags."""
    return re.sub(r"</?(?:i|b|sup|sub|span)(?: [^>]*)?>", "", rich)
