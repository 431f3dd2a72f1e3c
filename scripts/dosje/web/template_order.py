"""Whether a template of the edition calls the notes of a page in the order of their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from ..edition.links import LinkedCorpus
from ..reading.files import name_of
from ..reading.own_templates import ORDER_HINT, TEMPLATES_FOLDER
from ..values.findings import Finding, Span
from ..values.page_id import PageId
from .drafts import Draft
from .rendering import marks_in


def check_order(linked: LinkedCorpus, draft: Draft, page: PageId, wanted: Sequence[str]) -> Finding | None:
    """Return where the template of a draft leaves the order of the notes, or None. `wanted`: their labels in order.

    The line of the finding is the first in which the template names the field of the note.
    """
    called = list(dict.fromkeys(label for label, *_ in marks_in(draft.text, "call")))
    at = next((at for at, pair in enumerate(zip_longest(called, wanted)) if pair[0] != pair[1]), None)
    if at is None:
        return None
    label = wanted[at] if at < len(wanted) else called[at]
    field = linked.note_index.calls_by_label[page, label].path[0]
    root = linked.corpus.settings.root
    path = root / TEMPLATES_FOLDER / draft.own_template
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next((at for at, one in enumerate(lines, start=1) if f'"{field}"' in one), 1)
    message = f'{draft.path} does not call its notes in order: note {at + 1}, in "{field}", is not in its place'
    return Finding(Span(name_of(path, root), line, 1), "template-order", message, ORDER_HINT)
