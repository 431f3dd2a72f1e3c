"""What a page offers to take along: its own citation, and entries for reference managers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import quote

from .export_formats import FORMATS, Exported, path_of_source
from .imprint import Imprint
from .web import relative


@dataclass(frozen=True)
class Offer:
    """An entry to be downloaded: what the link says, the file's name, the link's target."""

    label: str
    name: str
    target: str


def offers_of_page(imprint: Imprint, title: str, path: str) -> list[Offer]:
    """Return entries for a page of the edition, each within its link: no file more for ten thousand pages.

    Not biblatex, which reads BibTeX.
    """
    item = imprint.item_of_page(title, path)
    source = Exported(item)
    texts = {name: FORMATS[name].write(source) for name in ("bibtex", "ris")}
    texts["csl-json"] = json.dumps([item], ensure_ascii=False, separators=(",", ":"))
    found = []
    for name, text in texts.items():
        form = FORMATS[name]
        target = f"data:{form.media_type};charset=utf-8,{quote(text, safe=',;:/()')}"
        found.append(Offer(form.label, f"{item['id']}.{form.ending}", target))
    return found


def offers_of_source(key: str, path: str) -> list[Offer]:
    """Return the files of a source, as seen from the page at `path`."""
    files = ((form, path_of_source(key, form)) for form in FORMATS.values())
    return [Offer(form.label, file.rpartition("/")[2], relative(file, path)) for form, file in files]
