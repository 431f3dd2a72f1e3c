"""Other names of persons and bodies. A footnote with one name finds sources with another."""

from __future__ import annotations

from ..edition.links import LinkedCorpus
from ..values.spelling import spell, words_of


class Aliases:
    """The names of the persons and bodies of an edition. Each name leads to the words of the others."""

    def __init__(self, linked: LinkedCorpus) -> None:
        self._linked = linked
        self.acronyms: set[str] = set()
        self._bodies: list[tuple[str, str]] = []
        for record in linked.corpus.organisations.values():
            model = record.model
            names = [name for name in (model.name, model.abbreviation, *model.variants) if name]
            for name in names:
                plain = spell(name)[0]
                self.acronyms |= {part.lower() for part in plain.split() if part.isupper() and len(part) > 1}
                self._bodies.append((f" {' '.join(words_of(name))} ", " ".join(words_of(" ".join(names)))))

    def of_text(self, text: str) -> list[str]:
        """Return the words of all names of the bodies that a text names."""
        spaced = f" {text} "
        found: list[str] = []
        for name, others in self._bodies:
            if len(name) > 3 and name in spaced:
                found += others.split()
        return found

    def of_person(self, key_or_name: str) -> tuple[list[str], list[str]]:
        """Return the words of the family name, in all its spellings, and those of the given name.

        Of an organisation, the words of all its names.
        """
        record = self._linked.corpus.persons.get(key_or_name)
        body = self._linked.corpus.organisations.get(key_or_name) if record is None else None
        if body is not None:
            names = (body.model.name, body.model.abbreviation, *body.model.variants)
            return sorted({word for name in names for word in words_of(name)}), []
        if record is None:
            own = words_of(key_or_name)
            return sorted({*own, *self.of_text(" ".join(own))}), []
        model = record.model
        given = words_of(model.name.given)
        family = set(words_of(model.name.family)) or set(given)
        for variant in (*model.variants, model.name.native):
            family |= {
                word for word in words_of(variant or "") if (word not in given and len(word) > 1) or not word.isascii()
            }
        return sorted(family), given
