"""The records of the first edition as files."""

from __future__ import annotations

from conftest import PROJECT
from dosje.reading.schemas import make_schemas
from dosje.reading.vocabulary import DEFAULTS, EARLIER
from dosje.reading.vocabulary_file import read_vocabulary


def test_every_record_of_the_first_edition_names_the_schema_it_follows() -> None:
    kinds = {"meetings": "meeting", "events": "event", "persons": "person", "sources": "source"}
    for folder, kind in kinds.items():
        for path in (PROJECT / "content" / folder).glob("*.yml"):
            first = path.read_text(encoding="utf-8").split("\n", 1)[0]
            assert first == f"# yaml-language-server: $schema=../../schemas/{kind}.json", path


def test_the_schemas_in_the_repository_are_those_of_the_first_edition() -> None:
    text = (PROJECT / "content" / "vocabulary.yml").read_text(encoding="utf-8")
    vocabulary, findings = read_vocabulary(text, "content/vocabulary.yml")
    stored = {path.name: path.read_text(encoding="utf-8") for path in (PROJECT / "schemas").iterdir()}
    assert (findings, stored) == ((), make_schemas(vocabulary)), "run: dosje schemas"


def test_the_words_of_the_first_edition_read_the_same_without_its_vocabulary() -> None:
    text = (PROJECT / "content" / "vocabulary.yml").read_text(encoding="utf-8")
    vocabulary, _ = read_vocabulary(text, "content/vocabulary.yml")
    for name, words in EARLIER.items():
        for key in words:
            own, earlier = vocabulary.find(name, key), DEFAULTS.find(name, key)
            assert own is not None and earlier is not None
            assert (own.label, own.csl, own.is_named and bool(own.csl)) == (
                earlier.label,
                earlier.csl,
                earlier.is_named,
            )
