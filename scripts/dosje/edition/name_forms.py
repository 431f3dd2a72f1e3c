"""Other spellings of names, for the search: it looks for our spelling beside the reader's.

A reader types Hodja or Ходжа, and our pages say Hoxha. So the search looks for both. Spellings that differ only in
diacritics or case need no entry, because the search ignores both.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator

from ..reading.records import Person
from .links import LinkedCorpus
from .person_names import display_name

# Letters that Unicode does not decompose, as people write them without such a key on their keyboard.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})
_SHORTEST = 2
# A spelling with more names than this is of no use.
_MOST = 4


def fold(text: str) -> str:
    """Return the words of `text` without diacritics, case and punctuation, with one space between them.

    theme/assets/search.js has the same function.
    """
    decomposed = unicodedata.normalize("NFD", text.lower().translate(_PLAIN))
    bare = "".join(c for c in decomposed if not unicodedata.category(c).startswith("M"))
    return " ".join(re.findall(r"[^\W_]+", bare))


def spellings_of(linked: LinkedCorpus) -> dict[str, list[str]]:
    """Return our names by each folded spelling that a reader may type."""
    names: dict[str, set[str]] = {}
    for spelling, name in _pairs(linked):
        folded = fold(spelling)
        if len(folded) >= _SHORTEST and folded != fold(name):
            names.setdefault(folded, set()).add(name)
    return {spelling: sorted(found) for spelling, found in sorted(names.items()) if len(found) <= _MOST}


def script_of_name_forms(spellings: dict[str, list[str]]) -> str:
    """Return the spellings as a script, because a page opened from disk may load scripts only."""
    return f"self.dosjeSpellings={json.dumps(spellings, ensure_ascii=False, separators=(',', ':'))};\n"


def _pairs(linked: LinkedCorpus) -> Iterator[tuple[str, str]]:
    corpus = linked.corpus
    for person in corpus.persons.values():
        yield from _pairs_of_person(person.model)
    for records in (corpus.places, corpus.organisations, corpus.archives):
        for record in records.values():
            model = record.model
            short = getattr(model, "abbreviation", "")
            yield from ((other, model.name) for other in (*model.variants, short, getattr(model, "english", "")))


def _pairs_of_person(person: Person) -> Iterator[tuple[str, str]]:
    """Yield each other spelling of a person's name, and of each of its words that we spell otherwise."""
    name = person.name
    ours = display_name(name)
    main = name.family or ours
    own = ours.split()
    for variant in (*person.variants, name.native):
        words = fold(variant).split()
        yield variant, ours if len(words) > 1 else main
        yield from _match_words(words, own, main)


def _match_words(words: list[str], own: list[str], main: str) -> Iterable[tuple[str, str]]:
    # If both have the same number of words, word by word. Otherwise an unknown word is taken for the family name.
    known = [fold(word) for word in own]
    if len(words) == len(own):
        return [pair for pair in zip(words, own, strict=True) if pair[0] not in known]
    return [(word, main) for word in words if word not in known and len(word) > _SHORTEST]
