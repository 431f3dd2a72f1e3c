"""Counts what nobody has checked yet: drafts, and sources of which nobody said how they were seen."""

from __future__ import annotations

from collections.abc import Iterator

from ..reading.corpus import Corpus
from ..values.errors import OperationError
from ..values.findings import Finding

# The codes of what waits until an editor has looked at what was imported.
WAITING = frozenset({"draft-record", "seen-unknown", "open-note"})
_SEEN = "write seen: original, scan, edition or via"


class DraftsError(OperationError):
    """The edition has drafts, and was not to be given to readers with them; the message says how many."""


def refuse_drafts(corpus: Corpus) -> None:
    """Raise DraftsError if there are records or works that nobody has checked."""
    if count := len(corpus.drafts):
        first = corpus.drafts[0]
        noun = (
            f"{count} drafts, the first {first.kind} {first.key}" if count > 1 else f"a draft, {first.kind} {first.key}"
        )
        raise DraftsError(
            f"the edition has {noun}: check what was imported and take draft: out (dosje report lists it), or say "
            "--drafts, so that readers see them, marked as unchecked"
        )


def check_drafts(corpus: Corpus) -> Iterator[Finding]:
    """Yield a warning for each draft, and for each source with `seen: unknown`."""
    for record in corpus.records():
        if record.is_draft:
            message = f"nobody has checked {record.kind} {record.key}, which was imported"
            hint = "compare it with its source, then take draft: out"
            yield Finding(record.span(("draft",)), "draft-record", message, hint)
    for source in corpus.sources.values():
        if source.model.seen == "unknown":
            message = f"nobody has recorded how {source.key} was seen"
            yield Finding(source.span(("seen",)), "seen-unknown", message, _SEEN)
        for at, witness in enumerate(source.model.witnesses):
            if witness.seen == "unknown":
                message = f"nobody has recorded how this copy of {source.key} was seen"
                yield Finding(source.span(("witnesses", at, "seen")), "seen-unknown", message, _SEEN)
    for work in corpus.works.values():
        if work.is_draft:
            message = f"nobody has checked work {work.key}, which was imported"
            hint = "compare it with the work, then take draft = {true} out"
            yield Finding(work.field_spans.get("draft", work.span), "draft-record", message, hint)
