"""Names of archives in other languages, and with their town and country, mean the archive of the same meaning."""

from __future__ import annotations

from typing import Any

import pytest

from dosje.lookup.archive_names import find_archives, senses_of
from dosje.values.spelling import spell

SENSES = {
    "archive central state": [
        "Central State Archives", "Zentrales Staatsarchiv", "Archives centrales d'État",
        "Archivio Centrale dello Stato", "Archivo Central del Estado", "Arkivi Qendror i Shtetit",
        "Центральный государственный архив", "Централен държавен архив", "Centralne Archiwum Państwowe",
    ],
    "archive foreign ministry": [
        "Archive of the Ministry of Foreign Affairs", "Archiv des Außenministeriums", "Foreign Ministry Archive",
        "Archives du ministère des Affaires étrangères", "Archivio del Ministero degli Affari Esteri",
        "Archivo del Ministerio de Asuntos Exteriores", "Arkivi i Ministrisë së Punëve të Jashtme",
        "Архив Министерства иностранных дел",
    ],
    "archive army central": [
        "Central Archives of the Army", "Zentralarchiv der Armee", "Archives centrales de l'armée",
        "Archivio Centrale dell'Esercito", "Archivo Central del Ejército", "Arkivi Qendror i Ushtrisë",
        "Центральный архив армии",
    ],
    "archive national": ["National Archives", "Nationalarchiv", "Archives nationales", "Archivo Nacional"],
    # A name with words of its own means that archive alone.
    "": ["Archive of the Meadow", "Public Record Office", "Archive", "State", "Archive of the International Court"],
}  # fmt: skip


@pytest.mark.parametrize(("senses", "name"), [(senses, name) for senses, names in SENSES.items() for name in names])
def test_a_name_means_the_same_in_every_language(senses: str, name: str) -> None:
    assert senses_of(spell(name)[0]) == senses


def archive(name: str, *places: str) -> dict[str, Any]:
    return {"names": [name], "senses": [senses_of(name)], "places": list(places), "words": {}, "key": "", "title": ""}


CORE: Any = {
    "archives": [
        archive("central state archive", "tirana", "albania", "rpssh"),
        archive("archive of the ministry of foreign affairs"),
        archive("national archive", "oslo", "norway"),
        archive("nationalarchiv", "bern", "schweiz"),
    ],
    "labels": {"fond": "fonds", "f": "fonds"},
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Central State Archive, F. 14", [("Central State Archive", 0)]),
        ("Central State Archive (Tirana, Albania), F. 14", [("Central State Archive (Tirana, Albania)", 0)]),
        ("in: Zentrales Staatsarchiv, Tirana, Bestand 14", [("Zentrales Staatsarchiv, Tirana", 0)]),
        ("Central State Archive of the RPSSH, F. 14", [("Central State Archive of the RPSSH", 0)]),
        ("Archives centrales d'État albaniennes, fonds 14", [("Archives centrales d'État albaniennes", 0)]),
        ("Архив Министерства иностранных дел Албании. 1960 г.", [("Архив Министерства иностранных дел Албании", 1)]),
        ("kept by the Foreign Ministry Archive fond 14", [("Foreign Ministry Archive", 1)]),
        ("Albanian Foreign Ministry Archive", [("Foreign Ministry Archive", 1)]),
        ("Chinese Foreign Ministry Archive", []),
        # Two archives have names of this meaning. The town says which is meant.
        ("Archives nationales, Oslo", [("Archives nationales, Oslo", 2)]),
        ("Archives nationales (Bern)", [("Archives nationales (Bern)", 3)]),
        ("Archives nationales, Paris", []),
        ("Archives nationales", []),
        # What goes on is another archive.
        ("Staatsarchiv des Kantons Zürich", []),
        ("Zentrales Staatsarchiv der Zeitgeschichte", []),
        ("Zentralarchiv des Außenministeriums", []),
        ("The state of the archives", []),
        ("", []),
    ],
)
def test_an_archive_is_found_by_the_meaning_of_its_name(text: str, found: list[tuple[str, int]]) -> None:
    plain, origin = spell(text)
    said = find_archives(plain, CORE)
    assert [(text[origin[each.start] : origin[each.end]], each.number) for each in said] == found
