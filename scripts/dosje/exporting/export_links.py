"""The links of a page to entries for reference managers: entries of the page itself, and of sources."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import quote

from ..edition.pages import HOME, path_of_source_file, relative
from .biblatex import escape_tex
from .formats import FORMATS, Exported
from .imprint import TITLE, Imprint, key_of_page

# Stand for the key and the address of a page in an entry. TITLE, of `imprint`, stands for its title.
_KEY, _ADDRESS = "page-45456", "45457"
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

    An entry is written once, with signs in the place of key, title and address. Each page puts in its own. There is
    none in biblatex, because biblatex reads BibTeX.
    """

    def __init__(self, imprint: Imprint) -> None:
        self.imprint = imprint
        self._pages = _templates_of(imprint, TITLE, "x.md")
        self._whole = _templates_of(imprint, imprint.name, HOME)

    def export_links_of(self, title: str, path: str) -> list[ExportLink]:
        """Return the entries for a page."""
        key, address = key_of_page(path), quote(self.imprint.address_of(path), safe=_SAFE)
        texts = {"bibtex": escape_tex(title), "ris": " ".join(title.split()), "csl-json": json.dumps(title)[1:-1]}
        found = []
        for name, (start, template) in (self._whole if path == HOME else self._pages).items():
            text = template.replace(_KEY, key).replace(_ADDRESS, address).replace(TITLE, quote(texts[name], safe=_SAFE))
            found.append(ExportLink(FORMATS[name].label, f"{key}.{FORMATS[name].ending}", start + text))
        return found


def _templates_of(imprint: Imprint, title: str, path: str) -> dict[str, tuple[str, str]]:
    """Return, by format, the beginning of a link's target, and the entry that follows, with its signs."""
    item = imprint.item_of_page(title, path) | {"id": _KEY}
    if imprint.site_url:
        item["URL"] = _ADDRESS
    texts = {name: FORMATS[name].write(Exported(item, imprint.phrases)) for name in ("bibtex", "ris")}
    texts["csl-json"] = json.dumps([item], ensure_ascii=False, separators=(",", ":"))
    return {
        name: (f"data:{FORMATS[name].media_type};charset=utf-8,", quote(text, safe=_SAFE))
        for name, text in texts.items()
    }


def export_links_of_source(key: str, path: str) -> list[ExportLink]:
    """Return the files of a source, as seen from the page at `path`."""
    files = ((form, path_of_source_file(key, form.ending)) for form in FORMATS.values())
    return [ExportLink(form.label, file.rpartition("/")[2], relative(file, path)) for form, file in files]
