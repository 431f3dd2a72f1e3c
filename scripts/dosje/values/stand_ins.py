"""The signs that stand in texts for what is not known yet: a locator, the number of a note, the title of a page.

They are noncharacters of Unicode (U+FDD0 to U+FDEF), which no text can hold: `values.characters` leaves them out of all
that is read, with a finding. So no data is taken for one of them. None of them may stand in an output.
"""

from __future__ import annotations

# Hold the place of what is no Markdown, while a Markdown parser reads a text.
HELD_START, HELD_END = "\ufdd0", "\ufdd1"
# Stand for a locator: for its one number, or for both ends of a range.
ONE, TWO = "\ufdd2", "\ufdd3"
# Stands for the number of the note that has the full form: "Kapo (n 5)".
FIRST_NUMBER = "\ufdd4"
# Stands for "ibid." in the reference of an archival unit. The word of the language takes its place.
IBID = "\ufdd5"
# Stands there for what differs from the unit before, e.g. "D. 3". So one form serves all places in a fonds.
REST = "\ufdd6"
# Stands for the repository where "ibid." takes its place. It is then cut out of the words.
NO_ARCHIVE = "\ufdd7"
# Stands before the bracket of a translated title.
TRANSLATED = "\ufdd8"
# Stand for title, key and address of a page in the words and the entries that all pages share.
PAGE_TITLE, PAGE_KEY, PAGE_ADDRESS = "\ufdd9", "\ufdda", "\ufddb"
# Stand in the plain text of Markdown: before what has no words, for code, for what is silent, where a sentence ends.
POINTER, CODE, SILENT, BREAK = "\ufddc", "\ufddd", "\ufdde", "\ufddf"
# Stands for the label of a leaf where its number does not simply follow it: "12. fol.".
LEAF = "\ufde0"
# Stand for quotation marks in what a Markdown parser has read; those of the language take their place.
OPENING, CLOSING, INNER_OPENING, INNER_CLOSING = "\ufde1", "\ufde2", "\ufde3", "\ufde4"
# Stands before and after the place where a document was written. A short form leaves the place out.
WRITTEN_AT = "\ufde5"
# Stand around the number of a note where a manuscript calls it.
NOTE_START, NOTE_END = "\ufde6", "\ufde7"

STAND_INS = frozenset(
    (
        HELD_START, HELD_END, ONE, TWO, FIRST_NUMBER, IBID, REST, NO_ARCHIVE, TRANSLATED, PAGE_TITLE, PAGE_KEY,
        PAGE_ADDRESS, POINTER, CODE, SILENT, BREAK, LEAF, OPENING, CLOSING, INNER_OPENING, INNER_CLOSING, WRITTEN_AT,
        NOTE_START, NOTE_END,
    )
)  # fmt: skip
