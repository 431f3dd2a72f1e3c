"""The page of the manual on the vocabulary: the program's own words, and what content/vocabulary.yml may say."""

from __future__ import annotations

from collections.abc import Iterator

from dosje.phrases.phrase_files import read_phrases
from dosje.reading.vocabulary import DEFAULTS, LISTS
from dosje.reading.vocabulary_file import VocabularyFile

# How the phrase of a term begins; how a list is said.
_PHRASES = {
    "meeting_kinds": "meeting.kind.",
    "event_kinds": "event.kind.",
    "source_types": "source.type.",
    "media": "source.medium.",
    "states": "source.state.",
    "date_kinds": "dates.",
    "attendance": "attendance.",
}


def vocabulary_page() -> str:
    """Return the page's Markdown."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    phrases = read_phrases("en-GB")
    yield "# Words of the program\n"
    yield "The kinds, types and other words that every edition has. "
    yield "[Vocabulary](../vocabulary.md) says how yours adds others.\n"
    for name in LISTS:
        about = VocabularyFile.model_fields[name].description
        yield f"## {about} {{#{name}}}\n"
        yield f"`{name}` in content/vocabulary.yml.\n"
        yield "| Key | English |"
        yield "|:----|:--------|"
        for key in DEFAULTS.known(name):
            yield f"| `{key}` | {phrases(f'{_PHRASES[name]}{key}')} |"
        yield ""
