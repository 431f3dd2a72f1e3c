"""Maps tables without a mapping file: our own CSV exports by the heads of their columns, others by names of fields."""

from __future__ import annotations

from pathlib import Path

from ..reading.corpus import Corpus
from ..reading.fields import Model
from ..reading.kinds import KINDS, Kind
from ..reading.own_fields import OWN_FIELDS
from ..values.findings import did_you_mean
from .mapping import ColumnUse, TableMapping
from .record_fields import field_paths, find_field
from .sheets import Sheet

# Of the columns of our exports those that are fields; `web.tables` counts the others from all records. One that is
# called after the kind of the rows has their titles or names.
_FIELDS = ("number", "date", "place", "kind", "part-of", "abbreviation", "name", "draft")
_COUNTED = (
    "present",
    "documents",
    "named-on",
    "offices",
    "meetings",
    "wrote",
    "received",
    "events",
    "written-here",
    "persons",
)
# How others head such columns. A proposal need not be right: people look at it.
_ALIKE = {
    "name.family": ("surname", "last_name", "family_name", "nachname", "familienname", "nom", "cognome", "apellido"),
    "name.given": ("first_name", "forename", "given_name", "given_names", "vorname", "prénom", "nome", "nombre"),
    "born": ("birth", "date_of_birth", "geboren", "geburtsdatum", "naissance"),
    "died": ("death", "date_of_death", "gestorben", "todesdatum", "décès"),
    "date": ("datum", "data", "fecha", "day", "when"),
    "place": ("ort", "lieu", "luogo", "lugar", "where"),
    "title": ("titel", "titre", "titolo", "título"),
    "author": ("verfasser", "auteur", "autore", "autor", "sender", "from_whom"),
    "recipient": ("empfänger", "destinataire", "destinatario", "addressee", "to_whom"),
    "variants": ("other_names", "aliases", "also", "varianten"),
}
_KEY = "key"
_WRITE = "write a mapping: dosje import FILE --mapping NEW.yml"


def map_by_heads(corpus: Corpus, path: Path, sheet: Sheet) -> TableMapping | str:
    """Return how a table is read whose columns are called as in our exports or as fields, or why it cannot be."""
    kind = next((row for row in KINDS.values() if path.stem.casefold() in (row.name, row.plural)), None)
    if kind is None or kind.kept_in == "prose":
        names = ", ".join(row.plural for row in KINDS.values() if row.kept_in != "prose")
        return f"nothing says what its rows are: {_WRITE}; or call it after them ({names})"
    own = _map_export(corpus, kind, sheet)
    return own or _map_fields(corpus, kind, sheet)


def _map_export(corpus: Corpus, kind: Kind, sheet: Sheet) -> TableMapping | None:
    """Return the mapping of an export of ours, None if its first column is not called as there."""
    phrases = corpus.settings.phrases
    heads = [head for head in sheet.header.cells if head]
    if not kind.has_table or not heads or heads[0] != phrases(f"columns.{_KEY}"):
        return None
    labels = {phrases(f"columns.{column}"): column.replace("-", "_") for column in _FIELDS}
    if kind.name != "person":
        title = "title" if "title" in kind.model.model_fields else "name"
        labels[phrases(f"columns.{kind.name}")] = title
    own = {field.label: f"{OWN_FIELDS}.{field.name}" for field in corpus.vocabulary.fields_of(kind.name).values()}
    counted = {phrases(f"columns.{column}") for column in _COUNTED}
    fields = {}
    for head in heads[1:]:
        if field := labels.get(head) or own.get(head):
            fields[field] = ColumnUse(column=head, split="; " if field.startswith(OWN_FIELDS) else "")
        elif head not in counted:
            return None
    return TableMapping(kind=kind.name, key=(heads[0],), fields=fields)


def _map_fields(corpus: Corpus, kind: Kind, sheet: Sheet) -> TableMapping | str:
    fields = {}
    for head in sheet.header.cells:
        if not head or head == _KEY:
            continue
        if find_field(kind.model, head, corpus.vocabulary, kind.name) is None:
            known = list(field_paths(kind.model))
            hint = did_you_mean(head, known) or _WRITE
            return f'no field of a {kind.name} is called "{head}" ({hint})'
        fields[head] = ColumnUse(column=head)
    return TableMapping(kind=kind.name, key=(_KEY,) if _KEY in sheet.header.cells else (), fields=fields)


def propose_mapping(corpus: Corpus, path: Path, sheet: Sheet) -> str:
    """Return the text of a mapping file for a table, to be looked at and changed: what columns seem to be."""
    kind = _guess_kind(path, sheet)
    known = list(field_paths(kind.model))
    lines = [f"kind: {kind.name}"]
    key = next((head for head in sheet.header.cells if head.casefold() in ("key", "id")), "")
    lines += [f"key: {_quote(key)}"] if key else ["# key: [One column, Another]"]
    lines.append("fields:")
    taken: set[str] = set()
    for at, head in enumerate(sheet.header.cells):
        if not head or head == key:
            continue
        field = _guess_field(kind.model, head, known)
        sample = next((row.cells[at] for row in sheet.rows if at < len(row.cells) and row.cells[at]), "")
        comment = f"  # {' '.join(sample.split())[:60]}" if sample else ""
        is_free = field and field not in taken
        taken.add(field)
        lines.append(f"  {field}: {_quote(head)}{comment}" if is_free else f"  # FIELD: {_quote(head)}{comment}")
    required = [name for name, info in kind.model.model_fields.items() if info.is_required()]
    missing = [name for name in required if not any(one.partition(".")[0] == name for one in taken)]
    lines += [f"  {name}: {{value: }}" for name in missing]
    return "".join(f"{line}\n" for line in lines)


def _guess_kind(path: Path, sheet: Sheet) -> Kind:
    named = next((row for row in KINDS.values() if path.stem.casefold() in (row.name, row.plural)), None)
    if named is not None and named.kept_in != "prose":
        return named
    kinds = [row for row in KINDS.values() if row.kept_in != "prose"]
    heads = [head for head in sheet.header.cells if head]

    def fitting(kind: Kind) -> int:
        known = list(field_paths(kind.model))
        return sum(bool(_guess_field(kind.model, head, known)) for head in heads)

    return max(kinds, key=fitting)


def _guess_field(model: type[Model], head: str, known: list[str]) -> str:
    """Return the field that a column of this name is, "" if none is alike."""
    plain = "_".join(head.casefold().split())
    alike = next((path for path, heads in _ALIKE.items() if plain in heads and path in known), "")
    if alike:
        return alike
    by_end = {path.rpartition(".")[2]: path for path in reversed(known)}
    examples = {info.alias or name for name, info in model.model_fields.items()}
    if plain in known or plain in by_end:
        return plain if plain in known else by_end[plain]
    parts = [part for part in plain.split("_") if part in examples or part in by_end]
    return (parts[0] if parts[0] in known else by_end.get(parts[0], "")) if parts else ""


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
