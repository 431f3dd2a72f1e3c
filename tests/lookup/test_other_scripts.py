"""References whose labels are in Hebrew, Arabic or Greek are read by these, as an edition's archives have them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.exporting.source_descriptions import SourceDescriptions
from dosje.lookup.answers import Index, cite_notes
from dosje.lookup.index import make_index
from dosje.lookup.sharding import unwrap_shard
from dosje.values.findings import format_findings

ARCHIVES = {
    "israel": {
        "name": "גנזך המדינה",
        "abbreviation": "ג״מ",
        "labels": {"file": "תיק", "folio": "דף", "levels": {"fonds": "חטיבה"}},
    },
    "cairo": {
        "name": "دار الوثائق القومية",
        "abbreviation": "دوق",
        "labels": {"file": "ملف", "folio": "ورقة", "levels": {"fonds": "وحدة"}},
    },
    "athens": {
        "name": "Γενικά Αρχεία του Κράτους",
        "abbreviation": "ΓΑΚ",
        "labels": {"file": "φάκελος", "folio": "φύλλο", "levels": {"fonds": "αρχείο"}},
    },
}


def index_of(edition: Edition) -> Index:
    """Return the index of an edition with a fonds, two files and a letter in each of the archives."""
    files = {"content/archives.yml": json.dumps(ARCHIVES)}
    for key in ARCHIVES:
        units = {
            f"{key}-fonds": {"type": "fonds", "level": "fonds", "title": "A", "code": "14", "repository": key},
            f"{key}-5": {"type": "file", "level": "file", "title": "B", "file": "5", "part_of": f"{key}-fonds"},
            f"{key}-6": {"type": "file", "level": "file", "title": "C", "file": "6", "part_of": f"{key}-fonds"},
            f"{key}-letter": {"type": "letter", "title": "D", "part_of": f"{key}-5", "folios": "3-4"},
        }
        files |= {f"content/sources/{name}.yml": json.dumps({**unit, "seen": "scan"}) for name, unit in units.items()}
    checked = check_edition(edition(files))
    assert checked.linked, format_findings(checked.findings)
    made = make_index(checked.linked, SourceDescriptions({}, {}, {}))
    shards = {Path(path).stem: unwrap_shard(text) for path, text in made.items()}
    return Index(Path(), shards, checked.linked.phrases)


@pytest.mark.parametrize(
    ("note", "key", "leaf"),
    [
        ("גנזך המדינה, חטיבה 14, תיק 5, דף 3", "israel-letter", "3"),
        ("גנזך המדינה, חטיבה 14, תִּיק 6, דף 9", "israel-6", "9"),
        ("ג״מ, חטיבה 14, תיק 6", "israel-6", ""),
        ("دار الوثائق القومية، وحدة 14، ملف 5، ورقة 3", "cairo-letter", "3"),
        ("دوق، وحدة ١٤، ملف ٦، ورقة ٩", "cairo-6", "9"),
        ("ΓΑΚ, αρχείο 14, φάκελος 5, φύλλο 3", "athens-letter", "3"),
        ("Γενικά Αρχεία του Κράτους, Αρχείο 14, Φάκελος 6", "athens-6", ""),
    ],
)
def test_a_label_in_another_script_is_read(note: str, key: str, leaf: str, edition: Edition) -> None:
    (answer,) = cite_notes([note], index_of(edition))
    (citation,) = answer["citations"]
    assert [match["key"] for match in citation["matches"]][:1] == [key]
    assert citation["locator"] == ({"label": "folio", "value": leaf} if leaf else None)
