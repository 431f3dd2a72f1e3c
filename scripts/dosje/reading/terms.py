"""Fields that hold a word of the edition's vocabulary, such as the kind of a meeting.

A model is validated with the vocabulary as its context; without one, the program's own words are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .vocabulary import DEFAULTS, Vocabulary

# What stands in the schema of such a field, until `schemas` puts the words of a vocabulary there.
SCHEMA_MARK = "terms"


@dataclass(frozen=True, slots=True)
class Terms:
    """Marks a field that holds a word of one of the vocabulary's lists."""

    name: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_before_validator_function(self._read, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", SCHEMA_MARK: self.name}

    def _read(self, value: Any, info: ValidationInfo) -> Any:
        vocabulary: Vocabulary = info.context or DEFAULTS
        if isinstance(value, str) and vocabulary.find(self.name, value) is None:
            message, hint = vocabulary.explain(self.name, value)
            raise PydanticCustomError("unknown-term", "{text}", {"text": message, "hint": hint})
        return value


MeetingKind = Annotated[str, Terms("meeting_kinds")]
EventKind = Annotated[str, Terms("event_kinds")]
SourceType = Annotated[str, Terms("source_types")]
Medium = Annotated[str, Terms("media")]
State = Annotated[str, Terms("states")]
DateKind = Annotated[str, Terms("date_kinds")]
AttendanceWord = Annotated[str, Terms("attendance")]
