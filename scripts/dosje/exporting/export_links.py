"""The links of a page to entries for reference managers: entries of the page itself, and of sources."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import quote

from ..edition.pages import HOME, path_of_source_file, relative
from ..values.stand_ins import PAGE_ADDRESS, PAGE_KEY, PAGE_TITLE
from .biblatex import escape_tex
from .formats import FORMATS, Exported
from .imprint import Imprint, key_of_page

_STAND_IN = re.compile(f"([{PAGE_KEY}{PAGE_ADDRESS}{PAGE_TITLE}])")
# Signs that the address of a link need not encode.
_SAFE = ",;:/()"


@dataclass(frozen=True)
class ExportLink:
    """A link that downloads an entry: its text, the name of the file, its target."""

    label: str
    name: str
    target: str


class PageExportLinks:
    """Entries for the pages of an edition. Each stands within its link, so that ten thousand pages need no more files.

    An entry is written once, with stand-ins for key, title and address. Each page puts in its own. There is none in
    biblatex, because biblatex reads BibTeX.
    """

    def __init__(self, imprint: Imprint) -> None:
        self.imprint = imprint
        self._pages = _templates_of(imprint, PAGE_TITLE, "x.md")
        self._whole = _templates_of(imprint, imprint.name, HOME)

    def export_links_of(self, title: str, path: str) -> list[ExportLink]:
        """Return the entries for a page."""
        key, address = key_of_page(path), quote(self.imprint.address_of(path), safe=_SAFE)
        texts = {"bibtex": escape_tex(title), "ris": " ".join(title.split()), "csl-json": json.dumps(title)[1:-1]}
        found = []
        for name, (start, parts) in (self._whole if path == HOME else self._pages).items():
            values = {PAGE_KEY: key, PAGE_ADDRESS: address, PAGE_TITLE: quote(texts[name], safe=_SAFE)}
            text = "".join(values.get(part, part) for part in parts)
            found.append(ExportLink(FORMATS[name].label, f"{key}.{FORMATS[name].ending}", start + text))
        return found


def _templates_of(imprint: Imprint, title: str, path: str) -> dict[str, tuple[str, list[str]]]:
    """Return, by format, the beginning of a link's target, and the parts of the entry that follows.

    A part is a stand-in, or a text that is encoded for an address.
    """
    item = imprint.item_of_page(title, path) | {"id": PAGE_KEY}
    if imprint.site_url:
        item["URL"] = PAGE_ADDRESS
    texts = {name: FORMATS[name].write(Exported(item, imprint.phrases)) for name in ("bibtex", "ris")}
    texts["csl-json"] = json.dumps([item], ensure_ascii=False, separators=(",", ":"))
    return {
        name: (
            f"data:{FORMATS[name].media_type};charset=utf-8,",
            [part if _STAND_IN.match(part) else quote(part, safe=_SAFE) for part in _STAND_IN.split(text)],
        )
        for name, text in texts.items()
    }


def export_links_of_source(key: str, path: str) -> list[ExportLink]:
    """Return the files of a source, as seen from the page at `path`."""
    files = ((form, path_of_source_file(key, form.ending)) for form in FORMATS.values())
    return [ExportLink(form.label, file.rpartition("/")[2], relative(file, path)) for form, file in files]
