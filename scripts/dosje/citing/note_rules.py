"""What notes must know of an edition to be placed: its units, how leaves are written, how sources are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..edition.holdings import ArchivalUnit
from ..edition.links import LinkedCorpus
from ..values.citations import Cite
from ..values.leaf_words import LEFT_TO_STYLE, LeafWords


class NoteRules(NamedTuple):
    """What `notes.place_notes` takes behind the calls, in its order."""

    unit_of: Callable[[str], ArchivalUnit | None] = lambda key: None
    leaves_of: Callable[[str], LeafWords] = lambda key: LEFT_TO_STYLE
    via_of: Callable[[Cite], tuple[Cite, ...]] = lambda cite: ()


def rules_of_notes(linked: LinkedCorpus) -> NoteRules:
    """Return the rules for the notes of an edition, as its settings have them."""
    settings, none = linked.corpus.settings, NoteRules()
    return NoteRules(
        linked.holdings.unit_of if settings.archival_ibid else none.unit_of,
        linked.holdings.leaves_of,
        linked.vias.fitting if settings.via_in_notes else none.via_of,
    )
