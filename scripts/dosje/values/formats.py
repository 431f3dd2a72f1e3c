"""The formats in which sources are exported: what each is called, and the ending of its files.

What writes a format stands in `exporting.formats`. The command line and the lookup need the names alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class ExportFormat:
    """A format: its name on the command line, its label on pages, the ending of its files, and its media type.

    `is_answer`: `dosje cite` can answer with it.
    """

    name: str
    label: str
    ending: str
    media_type: str
    is_answer: bool = True


_ROWS = (
    ExportFormat("bibtex", "BibTeX", "bibtex.bib", "application/x-bibtex"),
    ExportFormat("biblatex", "biblatex", "biblatex.bib", "application/x-bibtex", is_answer=False),
    ExportFormat("ris", "RIS", "ris", "application/x-research-info-systems"),
    ExportFormat("csl-json", "CSL-JSON", "csl.json", "application/json"),
)
# By name, in the order in which pages offer them.
EXPORT_FORMATS: Mapping[str, ExportFormat] = MappingProxyType({form.name: form for form in _ROWS})
