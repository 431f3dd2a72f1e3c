"""The records of the first edition as files."""

from __future__ import annotations

from conftest import PROJECT


def test_every_record_of_the_first_edition_names_the_schema_it_follows() -> None:
    kinds = {"meetings": "meeting", "events": "event", "persons": "person", "sources": "source"}
    for folder, kind in kinds.items():
        for path in (PROJECT / "content" / folder).glob("*.yml"):
            first = path.read_text(encoding="utf-8").split("\n", 1)[0]
            assert first == f"# yaml-language-server: $schema=../../schemas/{kind}.json", path
