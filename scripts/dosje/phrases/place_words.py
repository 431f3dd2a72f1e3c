"""The place in a source that a cite names, in words."""

from __future__ import annotations

from ..values.citations import Cite
from .phrases import Phrases


def describe_place(cite: Cite, folio_label: str, phrases: Phrases) -> str:
    """Return the place that a cite names, as readers see it, in English "fl. 9–20", "p. 3", "as a whole".

    `folio_label`: how the edition abbreviates a folio.
    """
    if cite.locator is None:
        return phrases("locator.whole")
    label, value = cite.locator.label, cite.locator.value
    if label == "folio":
        return phrases("locator.folio", label=folio_label, value=value)
    return phrases(f"locator.{label}", value=value)
