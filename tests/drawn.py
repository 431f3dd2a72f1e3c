"""What is drawn at the end of a book."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from dosje.books.appendices import Appendix
from dosje.checking.edition import check_edition
from dosje.drawing.svg import XLINK
from dosje.edition.links import LinkedCorpus
from dosje.markup.tree import Drawing
from dosje.values.page_id import PageId

SVG = "{http://www.w3.org/2000/svg}"


def link(root: Path) -> LinkedCorpus:
    linked = check_edition(root).linked
    assert linked is not None
    return linked


def all_pages(linked: LinkedCorpus) -> set[PageId]:
    return {PageId(record.kind, record.key) for record in linked.corpus.records()}


def drawings(appendix: Appendix) -> list[Drawing]:
    return [block for block in appendix.blocks if isinstance(block, Drawing)]


def links(drawing: Drawing) -> list[str]:
    return [str(a.get(f"{{{XLINK}}}href")) for a in ElementTree.fromstring(drawing.svg).iter(f"{SVG}a")]
