"""How authors align the cells of a table, as classes: an extension of Python-Markdown, named in defaults.yml.

Python-Markdown writes a style into each aligned cell, which the policy of our pages forbids, or the attribute
`align`, which HTML no longer has. assets/dosje.css has the rules of the classes. Knows nothing of editions.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

_STYLE = re.compile(r"text-align: (left|center|right);")


class _Alignment(Treeprocessor):
    def run(self, root: Element) -> None:
        for name in ("th", "td"):
            for cell in root.iter(name):
                style = _STYLE.fullmatch(cell.get("style", ""))
                side = style[1] if style else cell.get("align")
                if side:
                    del cell.attrib["style" if style else "align"]
                    cell.set("class", f"{cell.get('class', '')} dosje-{side}".strip())


class CellAlignment(Extension):
    """Gives a cell the class dosje-left, dosje-center or dosje-right."""

    def extendMarkdown(self, md: Markdown) -> None:
        # After attr_list (8), so that its attributes of a cell are there.
        md.treeprocessors.register(_Alignment(md), "dosje_cell_alignment", 1)


def makeExtension(**options: object) -> CellAlignment:
    """Return the extension, as Python-Markdown asks a module for it."""
    return CellAlignment(**options)
