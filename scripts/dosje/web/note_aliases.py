"""What answers on a page to addresses that its notes had before: empty targets, and a line for a note that left it.

A target without words is read by no screen reader. The style sheet marks the note in which it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from ..edition.links import LinkedCorpus
from ..phrases.phrases import Phrases
from ..values.page_id import PageId
from .page_html import PageHtml


@dataclass(frozen=True)
class NoteAliases:
    """The former labels of a page's notes by today's label, and the labels of notes that left it.

    `moved`: each with the file below the pages folder on which its note stands now, and the anchor there.
    """

    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)

    def of_note(self, label: str) -> str:
        """Return the HTML of the targets that stand at the beginning of a note, "" if it never had another address."""
        return "".join(_target(f"fn:{old}") for old in self.former.get(label, ()))

    def of_call(self, label: str) -> str:
        """Return the HTML of the targets that stand before the first call of a note."""
        return "".join(_target(f"fnref:{old}") for old in self.former.get(label, ()))

    def of_uncalled(self, label: str) -> str:
        """Return the HTML of the targets for links to the call of a note which an edition's own template left out."""
        return _target(f"fnref:{label}") + self.of_call(label)

    def lines(self, phrases: Phrases, page_html: PageHtml) -> list[str]:
        """Return an HTML block for each note that stands on another page now."""
        lines: list[str] = []
        for old, way in self.moved.items():
            link = page_html.link(escape(phrases("note.moved.link")), way)
            said = Markup("").join(map(escape, phrases.pieces("note.moved", link=link)))
            lines.append(Markup('<p class="dosje-alias" id="fn:{}">{}</p>').format(old, said))
        return lines


NO_ALIASES = NoteAliases()


def find_note_aliases(linked: LinkedCorpus, page: PageId) -> NoteAliases:
    """Return what answers on a page to addresses that its notes had before."""
    if not linked.corpus.ledger.entries:
        return NO_ALIASES
    addresses = linked.addresses
    own = addresses.address_of(page)
    former: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for old, label in addresses.aliases_of(own).items():
        former[label] = (*former[label], old)
    moved = {}
    for old, end in addresses.moved_from(own).items():
        there, _, anchor = end.partition("#")
        moved[old] = f"{addresses.paths[there]}#{anchor}"
    return NoteAliases(dict(former), moved)


def _target(name: str) -> str:
    return f'<span class="dosje-alias" id="{escape(name)}"></span>'
