"""Works that lie in an archive, as a .bib file says it: an archive, its town, a reference, and to whom a letter went.

No field of biblatex says so. Our own export writes the four fields that are read here, beside fields that every style
prints; pandoc knows only those, and takes them for a publisher.
"""

from __future__ import annotations

from dataclasses import replace

from ..reading.bibliography import BibFile, Work
from ..values.metadata import Meta, MetaValue, meta_inlines, meta_string, text_of_meta
from ..values.stand_ins import TRANSLATED

# Our fields, the fields of biblatex as which pandoc reads their TeX, and the variables that it then gives.
_FIELDS = (
    ("archive", "publisher", "publisher", "archive"),
    ("archivelocation", "library", "call-number", "archive_location"),
    ("archiveplace", "location", "publisher-place", "archive-place"),
    ("recipient", "author", "author", "recipient"),
)
# What pandoc makes of the fields in which our export repeats where a unit lies.
_REPEATED = frozenset({"publisher", "call-number"})


def archival_part(bib: BibFile) -> BibFile | None:
    """Return a file that says of each work in an archive only that, for pandoc; None if no work lies in one."""
    works = tuple(work for work in bib.works if is_archival(work))
    text = "".join(f"@misc{{{work.key},\n{_fields_of(work)}}}\n" for work in works)
    return replace(bib, text=text, works=works, lent=("", "")) if works else None


def _fields_of(work: Work) -> str:
    said = ((given, work.fields[own]) for own, given, *_ in _FIELDS if own in work.fields)
    return "".join(f"  {name} = {{{value}}},\n" for name, value in said)


def is_archival(work: Work) -> bool:
    """Whether the entry of a work says where in an archive it lies."""
    return "archivelocation" in work.fields or "archive" in work.fields


def lay_in_archive(meta: Meta, part: Meta, work: Work) -> Meta:
    """Return the variables of a work with those of its archive. `part`: what pandoc read of `archival_part`."""
    found: dict[str, MetaValue] = {name: value for name, value in meta.items() if name not in _REPEATED}
    found |= {ours: part[read] for *_, read, ours in _FIELDS if read in part}
    if work.entry_type == "misc" and "recipient" in found:
        found["type"] = meta_string("personal_communication")  # BibTeX has no type for letters
    if "titleaddon" in work.fields and "title-short" in found:
        # Our description of a document stands in brackets behind its own title.
        title, own = text_of_meta(found["title"]), text_of_meta(found["title-short"])
        found["title"] = found.pop("title-short")
        if not is_letter(found):
            found["genre"] = meta_inlines(f"{TRANSLATED}[{title.removeprefix(own).strip(' .')}]")
    return found


def is_letter(meta: Meta) -> bool:
    """Whether a work is a letter that lies in an archive, with writer and recipient."""
    kind = text_of_meta(meta.get("type"))
    return kind == "personal_communication" and {"author", "recipient", "archive_location"} <= set(meta)


def as_cited(meta: Meta) -> Meta:
    """Return the variables of a work as notes need them: those of what lies in an archive as of an archival unit.

    Writer and recipient name a letter, not its title (CMOS 18, 14.110). An archive stands with its town.
    """
    found = {name: value for name, value in meta.items() if not is_letter(meta) or not name.startswith("title")}
    if "archive" in found and "archive-place" in found:
        place = ", ".join((text_of_meta(found["archive"]), text_of_meta(found["archive-place"])))
        found = {**found, "archive": meta_inlines(place)}
        del found["archive-place"]
    return found
