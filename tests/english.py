"""The English phrases, which tests read results in."""

from __future__ import annotations

from dosje.phrases.phrase_files import read_phrases

ENGLISH = read_phrases("en-GB")
