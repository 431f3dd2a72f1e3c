"""The forms in which other authors cite archival documents, files and series."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from dosje.phrases.date_words import words_of_date
from dosje.phrases.phrase_files import read_phrases
from footnote_facts import Facts, Unit
from footnotes import Footnote, Meant, misread, mistype, seeded

_PHRASES = {language: read_phrases(language) for language in ("en-GB", "en-US", "de", "fr", "it", "es", "ru", "sq")}
_LETTERS = {"letter", "telegram", "message", "radiogram"}
# The labels of fonds, year, file and leaves in other languages and habits: each with the sign behind it.
_LABELS = {
    "english": ("Fond ", "Year ", "File ", "ff. "),
    "albanian": ("Fondi ", "viti ", "dosja nr. ", "fletët "),
    "albanian, short": ("F.", "V.", "D.", "fl."),
    "albanian, pages": ("Fondi ", "viti ", "dosja ", "f. "),
    "german": ("Bestand ", "Jg. ", "Akte ", "Bl. "),
    "french": ("fonds ", "année ", "dossier ", "fol. "),
    "italian": ("fondo ", "anno ", "fasc. ", "cc. "),
    "spanish": ("fondo ", "año ", "expediente ", "fols. "),
    "transliterated": ("fond ", "god ", "delo ", "ll. "),
}  # fmt: skip
_ARCHIVE_OF = {"german": "de", "french": "fr", "italian": "it", "spanish": "es", "transliterated": "en"}

Form = Callable[[Unit, Random], str]


def shelfmark(unit: Unit, habit: str = "", leaves: str | None = None, archive: str = "short") -> str:
    """Return where a unit lies, in a habit of `_LABELS`, "" for the archive's own. `archive`: which of its names."""
    fonds, year, file, folio = _LABELS.get(habit, ("F. ", "V. ", "D. ", "fl. "))
    above = [part.replace("F. ", fonds) for part in unit.above]
    parts = [unit.names.get(archive, unit.names["short"]), *above]
    parts += [f"{year}{unit.year}"] if unit.year else []
    parts += [f"{file}{unit.file}"] if unit.file else []
    leaves = unit.leaves if leaves is None else leaves
    return ", ".join(part for part in [*parts, f"{folio}{leaves}" if leaves else ""] if part)


def date_in(unit: Unit, language: str) -> str:
    """Return the date of a document in words of a language."""
    return words_of_date(unit.date, _PHRASES[language]) if unit.date else ""


def _language(habit: str) -> Form:
    def form(unit: Unit, rng: Random) -> str:
        return shelfmark(unit, habit, archive=_ARCHIVE_OF.get(habit, "short")) + "."

    return form


def _archive(name: str) -> Form:
    return lambda unit, rng: f"{shelfmark(unit, archive=name)}." if name in unit.names else ""


def _small(unit: Unit, rng: Random) -> str:
    return shelfmark(unit).lower().replace(",", "").replace(".", "")


def _capitals(unit: Unit, rng: Random) -> str:
    return shelfmark(unit).upper()


def _turned(unit: Unit, rng: Random) -> str:
    return ", ".join(reversed(shelfmark(unit).split(", "))) if "," not in unit.leaves else ""


def _tight(unit: Unit, rng: Random) -> str:
    return shelfmark(unit, "albanian, short").replace(", ", ",")


def _colons(unit: Unit, rng: Random) -> str:
    name, _, rest = shelfmark(unit).partition(", ")
    return f"({name}: {rest.replace(', ', '; ')})" if rest else ""


def _misread(unit: Unit, rng: Random) -> str:
    text = shelfmark(unit)
    return misread(text, rng) if misread(text, seeded(text)) != text else ""


def _cyrillic(unit: Unit, rng: Random) -> str:
    parts = [unit.names.get("ru", unit.names["short"]), *(part.replace("F. ", "Ф. ") for part in unit.above)]
    parts += [f"{unit.year} г."] if unit.year else []
    parts += [f"Д. {unit.file}"] if unit.file else []
    return ". ".join([*parts, f"Л. {unit.leaves}"] if unit.leaves else parts) + "."


def _in_prose(unit: Unit, rng: Random) -> str:
    return f"The document is preserved in {shelfmark(unit)} (my translation)."


def _thanks(unit: Unit, rng: Random) -> str:
    return f"I thank the archivists in Tirana for their help. See {shelfmark(unit)}; emphasis added."


UNITS: dict[str, Form] = {
    "shelfmark, as archived": lambda unit, rng: shelfmark(unit) + ".",
    **{f"shelfmark, {habit}": _language(habit) for habit in _LABELS},
    "shelfmark, russian": _cyrillic,
    "shelfmark, archive in full": _archive("full"),
    "shelfmark, archive translated": _archive("en"),
    "shelfmark, archive's former name": _archive("former"),
    "shelfmark, small letters": _small,
    "shelfmark, capitals": _capitals,
    "shelfmark, leaf first": _turned,
    "shelfmark, tight": _tight,
    "shelfmark, in brackets": _colons,
    "shelfmark, misread by a scanner": _misread,
    "shelfmark, in a sentence": _in_prose,
    "shelfmark, remarks around": _thanks,
}


def _is_letter(unit: Unit) -> bool:
    return bool(unit.kind in _LETTERS and unit.writer[0] and unit.reader[0] and unit.is_dated)


def _to(pattern: str, language: str, habit: str, archive: str = "short") -> Form:
    def form(unit: Unit, rng: Random) -> str:
        if not _is_letter(unit):
            return ""
        who = {"writer": unit.writer[0], "reader": unit.reader[0], "date": date_in(unit, language)}
        given = {"given": unit.writer[1], "reader_given": unit.reader[1], "place": unit.place or "Tirana"}
        text = pattern.format(**who, **given, shelfmark=shelfmark(unit, habit, archive=archive))
        return text.replace(", . ", ". ").strip()  # an organisation has no given name

    return form


def _numbers(pattern: str) -> Form:
    def form(unit: Unit, rng: Random) -> str:
        if not _is_letter(unit) or unit.date is None or unit.date.start is None:
            return ""
        day = unit.date.start
        roman = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[day.month or 0]
        values = {"day": day.day, "month": day.month, "year": day.year, "short": day.year[2:], "roman": roman}
        return pattern.format(writer=unit.writer[0], reader=unit.reader[0], **values)

    return form


def _described(unit: Unit, rng: Random) -> str:
    return f"“{unit.title},” {date_in(unit, 'en-US')}, in {shelfmark(unit)}." if unit.date else ""


def _title_and_slip(unit: Unit, rng: Random) -> str:
    return f"{mistype(unit.title, rng)}, {date_in(unit, 'en-GB')}" if unit.is_dated else ""


def _as_printed(unit: Unit, rng: Random) -> str:
    return f"As told in the {unit.printed[0]}." if unit.printed and len(unit.printed[0].split()) > 4 else ""


def _printed_and_placed(unit: Unit, rng: Random) -> str:
    return f"{unit.printed[0]}, {shelfmark(unit, 'english')}" if unit.printed else ""


DOCUMENTS: dict[str, Form] = {
    "letter, english": _to("{given} {writer} to {reader_given} {reader}, {date}, {shelfmark}.", "en-GB", ""),
    "letter, american": _to("Letter from {writer} to {reader}, {date}, {shelfmark}.", "en-US", "english"),
    "letter, german": _to("{writer} an {reader}, {date}, {shelfmark}.", "de", "german", "de"),
    "letter, french": _to("Lettre de {writer} à {reader}, {date}, {shelfmark}.", "fr", "french", "fr"),
    "letter, italian": _to("Lettera di {writer} a {reader}, {date}, {shelfmark}.", "it", "italian", "it"),
    "letter, albanian": _to("{writer} drejtuar {reader}, {date}, {shelfmark}.", "sq", "albanian"),
    "letter, inverted": _to("{writer}, {given}. Letter to {reader}. {date}. {shelfmark}.", "en-GB", ""),
    "letter, date first": _numbers("{year}-{month:02d}-{day:02d}, {writer} to {reader}"),
    "letter, by date alone": _to("{writer} to {reader}, {date}", "en-US", ""),
    "letter, date in numbers": _numbers("{writer}-{reader} letter, {day}/{month}/{year}"),
    "letter, date with a roman month": _numbers("{writer} to {reader}, {day}.{roman}.{year}"),
    "document, title and place": _described,
    "document, title with a slip": _title_and_slip,
    "document, as printed before": _as_printed,
    "document, as printed and placed": _printed_and_placed,
}


def write_units(facts: Facts) -> Iterator[Footnote]:
    """Yield the footnotes of every archival unit, in every form that can write it."""
    for unit in facts.units.values():
        if unit.role == "item" and not unit.runs and not unit.file:
            continue
        for name, form in UNITS.items():
            if unit.role == "item" and not unit.runs:
                continue
            if not (unit.above or unit.file):
                continue
            yield from _footnote(facts, unit, name, form, _lying_there(facts, unit))
        for name, form in DOCUMENTS.items() if unit.role == "item" else ():
            yield from _footnote(facts, unit, name, form, _described_so(facts, unit, name))
        yield from _leaf_within(facts, unit)
        yield from _without_fonds(facts, unit)
        yield from _ibids(facts, unit)


def _footnote(facts: Facts, unit: Unit, name: str, form: Form, keys: frozenset[str]) -> Iterator[Footnote]:
    text = form(unit, seeded(name, unit.key))
    if text:
        is_placed = bool(unit.leaves) and unit.leaves in text.replace("O", "0").replace("l", "1").replace("I", "1")
        label = "page" if name == "shelfmark, albanian, pages" else "folio"
        locator = (label, unit.leaves) if is_placed and not (name.startswith("letter, date")) else None
        yield Footnote(text, name, (Meant(keys, locator),), may=above(facts, unit))


def above(facts: Facts, unit: Unit) -> frozenset[str]:
    """Return the units in which a unit lies, and the documents of its file on the same leaves."""
    keys: set[str] = set()
    key = unit.part_of
    while key in facts.units:
        keys.add(key)
        key = facts.units[key].part_of
    return frozenset(keys) | _lying_there(facts, unit)


def _lying_there(facts: Facts, unit: Unit) -> frozenset[str]:
    """Return the documents with exactly the leaves of this one, or the unit itself."""
    alike = (facts.units[key] for key in facts.parts.get(unit.part_of, ()))
    return frozenset({unit.key} | {other.key for other in alike if unit.runs and other.runs == unit.runs})


def _described_so(facts: Facts, unit: Unit, name: str) -> frozenset[str]:
    """Return the documents of the same writer, recipient and date, if the form says no more than these."""
    if not name.startswith(("letter, date", "letter, by date")) and name != "document, as printed before":
        return frozenset({unit.key})
    same = [u for u in facts.units.values() if (u.writer, u.reader, u.date) == (unit.writer, unit.reader, unit.date)]
    return frozenset(u.key for u in same if unit.writer[0] or u.key == unit.key)


def _leaf_within(facts: Facts, unit: Unit) -> Iterator[Footnote]:
    """Yield a footnote with one leaf out of several of a document: all documents that have it are meant."""
    run = unit.runs[0] if unit.runs else None
    if unit.role != "item" or run is None or run.first == run.last:
        return
    leaf = seeded(unit.key, "leaf").randint(run.first, run.last)
    others = [facts.units[key] for key in facts.parts.get(unit.part_of, ())]
    keys = frozenset(u.key for u in others if any(r.first <= leaf <= r.last for r in u.runs))
    text = shelfmark(unit, "english", f"{leaf}")
    yield Footnote(text, "shelfmark, one leaf", (Meant(keys, ("folio", str(leaf))),), may=above(facts, unit))


def _without_fonds(facts: Facts, unit: Unit) -> Iterator[Footnote]:
    """Yield archive, year, file and leaf, where these decide."""
    if not unit.year or not unit.file or not unit.above or (unit.role == "item" and not unit.runs):
        return
    place = (unit.archive, unit.year, unit.file)
    files = [u for u in facts.units.values() if u.role == "file" and (u.archive, u.year, u.file) == place]
    if len(files) == 1:
        text = shelfmark(replace(unit, above=()), "albanian")
        locator = ("folio", unit.leaves) if unit.leaves else None
        meant = Meant(_lying_there(facts, unit), locator)
        yield Footnote(text, "shelfmark, without fonds", (meant,), may=above(facts, unit))


def _ibids(facts: Facts, unit: Unit) -> Iterator[Footnote]:
    """Yield an Ibid. with a leaf of another document of the file, in several languages."""
    if unit.role != "item" or not unit.runs or unit.part_of not in facts.units:
        return
    file = facts.units[unit.part_of]
    for word, label in (("Ibid.", "fl."), ("Ebd.", "Bl."), ("Po aty", "fl."), ("Там же.", "Л."), ("Ivi", "c.")):
        text = f"{word}, {label} {unit.leaves}." if word != "Там же." else f"{word} {label} {unit.leaves}."
        meant = Meant(_lying_there(facts, unit), ("folio", unit.leaves))
        before = (shelfmark(file, leaves="") + ".",)
        yield Footnote(text, f"ibid. with a leaf, {word.strip('.').lower()}", (meant,), before, above(facts, unit))
