"""The dates of a record beside that by which it is ordered, and what an editor supplied. Part of `records`."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from pydantic import model_validator

from ..values.dates import DateError, parse_edtf
from .field_types import Date
from .fields import PROSE, Model, about
from .terms import DateKind

Supplied = Annotated[
    str,
    PROSE,
    about("Why you give a date that does not stand there. It is printed in brackets", "from the postmark"),
]


def _mark(values: Any) -> Any:
    """Return the values of a record, with its date as supplied where they say why."""
    if not isinstance(values, dict) or not isinstance(values.get("date"), str):
        return values
    if not any(values.get(name) for name in ("supplied", "date_supplied")):
        return values
    try:
        return {**values, "date": replace(parse_edtf(values["date"]), is_supplied=True)}
    except DateError:
        return values  # the field itself says what is wrong


# Models name this among their validators.
mark_supplied = model_validator(mode="before")(_mark)


class OtherDate(Model):
    """A date of a record beside the one by which it is ordered."""

    kind: Annotated[DateKind, about("What happened then", "received")]
    date: Annotated[Date, about("When (EDTF)", "1901-05-03T10:30")]
    supplied: Supplied = ""
    _supply = mark_supplied


OtherDates = Annotated[
    tuple[OtherDate, ...],
    about("Other dates: when it was sent, received, drafted", [{"kind": "received", "date": "1901-05-03"}]),
]
