"""What the fields of an edition's own say, as plain words: for lists, search and exports."""

from __future__ import annotations

from ..phrases.date_words import words_of_date
from ..reading.own_fields import OwnValue
from ..reading.sentences import text_of_pieces
from ..reading.text_parsing import parse_text
from ..values.dates import Edtf
from .links import LinkedCorpus
from .titles import title_of


def words_of_own(linked: LinkedCorpus, own: OwnValue) -> list[str]:
    """Return each item of a field as text: a record by its title, a date in words, prose without its notes."""
    return [_words_of_item(linked, own.field.item, item) for item in own.items]


def plain_prose(text: str) -> str:
    """Return prose as one line, without citations and marks."""
    lines = (text_of_pieces(block.pieces) for block in parse_text(text).blocks)
    return " ".join(" ".join(lines).split())


def _words_of_item(linked: LinkedCorpus, what: str, item: str | Edtf) -> str:
    if isinstance(item, Edtf):
        return words_of_date(item, linked.phrases)
    if what == "text":
        return item
    if what == "prose":
        return plain_prose(item)
    record = linked.get(what, item)
    return title_of(record) if record else item
