"""The kinds of records: the type of each, and where in content/ it stands."""

from __future__ import annotations

from .fields import Model
from .records import Archive, Essay, Event, Meeting, Organisation, Person, Place, Source

MODEL_BY_KIND: dict[str, type[Model]] = {
    "meeting": Meeting, "event": Event, "person": Person, "source": Source, "place": Place,
    "organisation": Organisation, "archive": Archive, "essay": Essay, "page": Essay,
}  # fmt: skip
# Records have a file each. Authority lists hold many in one file. Prose is Markdown with front matter.
FOLDER_BY_KIND = {"meeting": "meetings", "event": "events", "person": "persons", "source": "sources"}
LIST_BY_KIND = {"place": "places.yml", "organisation": "organisations.yml", "archive": "archives.yml"}
PROSE_BY_KIND = {"essay": "essays", "page": "pages"}
