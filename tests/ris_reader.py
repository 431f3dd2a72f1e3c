"""A strict reader of RIS, for the tests of what is exported."""

from __future__ import annotations

import re


def read_ris(text: str) -> dict[str, dict[str, list[str]]]:
    """Return the values of each tag by source, as a strict reader of RIS finds them."""
    found: dict[str, dict[str, list[str]]] = {}
    entry: dict[str, list[str]] = {}
    assert text.endswith("\r\n")
    for line in text.split("\r\n")[:-1]:
        if not line:
            continue
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line)
        assert match, line
        tag, value = match.groups()
        assert (tag == "TY") == (entry == {}), line
        entry.setdefault(tag, []).append(value)
        if tag == "ER":
            found[entry["ID"][0]] = entry
            entry = {}
    assert entry == {}
    return found
