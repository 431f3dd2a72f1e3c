"""Adds to the words of a source what its style leaves out and a reader needs to find it.

Most note styles have no words for archives: they print a letter without its reference, minutes without their title, or
nothing at all. There is one rule: what a style printed is compared with what must be there (`needs`), and what is not
there is added: a name before the words; title, date, archive, reference behind them, before the locator.
"""

from __future__ import annotations

import re

from ..values import words
from ..values.locator_labels import LOCATOR_LABELS
from ..values.metadata import Meta, text_of_meta
from ..values.stand_ins import FIRST_NUMBER, ONE, PAGE_TITLE, TWO
from ..values.word_cuts import cut_out, join_words, split_words, trim_end, trim_start
from ..values.words import Words
from .forms import BARE, Form
from .needs import Needs, SaidWords, bare, missing_in_first, missing_in_short, needs_of

_ADDRESS = re.compile(r"[,.;:]? ?[(<]?https?://\S+\Z")
# A stop that ends no abbreviation: behind a number, a bracket, a quotation mark or a longer word.
_STOP = re.compile(r"(?<=[\d)\]”’»])\.\Z|(?<=\w{4})\.\Z")
# The number of the first note with what stands before it: " (n 5", ", supra note 5".
_FIRST_NUMBER = re.compile(rf",?[\s\u00a0]*\(?(?:[^\W\d]+\.?[\s\u00a0]+){{0,2}}{FIRST_NUMBER}")
_SIGNS = " ,;:\u00a0"
_LABELS = frozenset(bare(word) for one in LOCATOR_LABELS.values() for word in one) | {"at", "à", "a"}


def complete(text: Words, meta: Meta, form: Form, folio_label: str) -> Words:
    """Return the words of a form in a note with all that a reader needs, once."""
    if form.key == BARE:
        return text
    needs = needs_of(meta)
    if PAGE_TITLE in needs.title:
        return text  # a page of the edition's own, which `imprint` describes with name and address
    text = _cut_repeated(_part(trim_end(text, _SIGNS), needs), meta, needs)
    says = SaidWords(words.plain(text))
    if form.position.startswith("ibid") and _has_more_than_locator(says.text, folio_label):
        return text if form.position == "ibid" else _add_locator(text, form, folio_label)
    find = missing_in_first if form.position == "first" else missing_in_short
    missing = list(find(needs, says, form))
    if missing and not says.has_any((*needs.names, *needs.titles, *needs.years, needs.reference), FIRST_NUMBER):
        # What the style prints is nothing of this source: "n.d.", "Not supported".
        return _describe(text, needs, form, folio_label)
    for kind, part in missing:
        text = _add_before(text, part) if kind == "name" else add_behind(text, part, form, folio_label)
    return _add_locator(_tell_apart(text, needs, form, folio_label), form, folio_label)


def locator_of(form: Form, folio_label: str) -> str:
    """Return the locator of a form, with stand-ins for its numbers, as we write it where the style does not."""
    label = LOCATOR_LABELS[form.label][0] if form.label not in ("", "page") else ""
    leaf = form.leaf or f"{folio_label} {{}}" if form.label == "folio" else f"{label} {{}}".strip()
    return leaf.replace("{}", f"{ONE}–{TWO}" if form.is_plural else ONE) if form.label else ""


def add_behind(text: Words, part: str, form: Form, folio_label: str) -> Words:
    """Return the words with a part behind them, but before the locator and the address at their end."""
    if not part:
        return text
    before, behind = split_words(text, _find_end(words.plain(text), form, folio_label))
    before = trim_end(before, _SIGNS)
    if stop := _STOP.search(words.plain(before)):
        before = split_words(before, stop.start())[0]
    behind = trim_start(behind, f"{_SIGNS}.")
    added = f"{', ' if before else ''}{part}{', ' if words.has_words(behind) else ''}"
    return join_words(before, words.of_text(added), behind)


def _tell_apart(text: Words, needs: Needs, form: Form, folio_label: str) -> Words:
    """Return the words with what tells the source from one that looks like it (`alike`), if the style did not."""
    way, _, letters = form.apart.partition("-")
    if way == "year":
        return _add_year_suffix(text, needs, letters)
    for name, part in (("title", needs.title), ("date", needs.date), ("reference", needs.reference)):
        if way in (name, "all") and not SaidWords(words.plain(text)).has(part):
            number = _FIRST_NUMBER.search(words.plain(text))
            if number:  # "Lane, A life (n 16) 3"
                before, behind = split_words(text, number.start())
                text = join_words(before, words.of_text(f", {part}"), behind)
            else:
                text = add_behind(text, part, form, folio_label)
    return text


def _add_year_suffix(text: Words, needs: Needs, letters: str) -> Words:
    """Return the words with letters behind the year: "1960a". A year of a title or a reference is no date."""
    said = words.plain(text)
    for part in (*needs.titles, needs.reference):
        said = said.replace(part, " " * len(part))
    found = re.search(rf"(?<!\w)(?:{'|'.join(map(re.escape, needs.years))})(?!\w)", said) if needs.years else None
    if found is None:
        return text
    before, behind = split_words(text, found.end())
    return join_words(before, (before[-1]._replace(text=letters),), behind)


def _has_more_than_locator(text: str, folio_label: str) -> bool:
    labels = _LABELS | {bare(folio_label)}
    return any(not word.isdigit() and word not in labels for word in bare(text).split())


def _describe(text: Words, needs: Needs, form: Form, folio_label: str) -> Words:
    """Return words of our own for a source of which the style prints nothing but, at most, its locator."""
    parts = [needs.name or form.key]
    if form.position == "first":
        parts += [needs.date, needs.archive, needs.reference]
    locator = words.of_text(locator_of(form, folio_label))
    if ONE in words.plain(text):
        said = words.plain(text)
        label = re.search(rf"(?<![^\W\d])(?:[^\W\d]\w{{0,9}}\.?[\s\u00a0]*|[§¶№]+[\s\u00a0]*)?{ONE}", said)
        locator = split_words(text, label.start() if label else said.find(ONE))[1]
    sign = words.of_text(", ") if locator else ()
    return join_words(words.of_text(", ".join(part for part in parts if part)), sign, locator)


def _add_before(text: Words, name: str) -> Words:
    rest = trim_start(text, f"{_SIGNS}.")
    sign = " " if words.plain(rest).startswith(("(", "[")) else ", "
    return join_words(words.of_text(name if not rest else f"{name}{sign}"), rest) if name else text


def _find_end(said: str, form: Form, folio_label: str) -> int:
    """Return where a locator and an address at the end of the words begin."""
    end = len(said.rstrip(f"{_SIGNS}."))
    if address := _ADDRESS.search(said[:end]):
        end = address.start()
    if form.label:
        label = r"[^\W\d]{1,4}\.?"
        if form.label == "folio":
            label = re.escape((form.leaf.partition("{}")[0].strip() or folio_label).rstrip(".")) + r"\.?"
        number = rf"{ONE}(?:[^{ONE}{TWO}]{{1,9}}{TWO})?[^\w{ONE}{TWO}]*"
        found = re.search(rf"[\s\u00a0,;:(]*(?<![^\W\d])(?:{label}[\s\u00a0]*)?{number}\Z", said[:end], re.IGNORECASE)
        end = found.start() if found else end
    return end


def _add_locator(text: Words, form: Form, folio_label: str) -> Words:
    """Return the words with the locator behind them if the style has left it out."""
    if not form.label or ONE in words.plain(text):
        return text
    return add_behind(text, locator_of(form, folio_label), form._replace(label=""), folio_label)


def _part(text: Words, needs: Needs) -> Words:
    """Return the words with a comma where a style sets two of its parts without a space: "Pavel KapoEnver Hoxha"."""
    said = SaidWords(words.plain(text))
    parts = [part for part in (*needs.names, *needs.titles, *needs.years) if not said.has(part)]
    for part in (*parts, needs.date, needs.archive, needs.reference):
        found = words.plain(text).find(part) if len(part) > 3 else -1
        for place in (found + len(part), found) if found >= 0 else ():
            before, behind = split_words(text, place)
            if before and behind and _are_glued(before[-1].text[-1], behind[0].text[0]):
                text = join_words(before, words.of_text(", "), behind)
    return text


def _are_glued(one: str, other: str) -> bool:
    """Say whether one sign ends a part and the other begins the next: not within a word or a number."""
    ends = one.islower() or one.isdigit() or one in f"{ONE}{TWO})]”’"
    begins = other.isupper() or other.isdigit() or other == ONE
    return ends and begins and not (one.isdigit() and other.isdigit())


def _cut_repeated(text: Words, meta: Meta, needs: Needs) -> Words:
    """Return the words with the reference only once, where a style prints it in two places."""
    said = words.plain(text)
    # A fonds may be called by its title.
    if not needs.reference or needs.reference in needs.titles or said.count(needs.reference) < 2:
        return text
    beside = [re.escape(part) for part in (needs.archive, text_of_meta(meta.get("archive-place"))) if part]
    again = rf"[,.;:]? ?{re.escape(needs.reference)}(?:[,.;:]? ?(?:{'|'.join(beside)}))*" if beside else needs.reference
    spans = [match.span() for match in re.finditer(again, said)]
    for start, end in reversed(spans[1:]):
        text = cut_out(text, start, end)
    return text


def keep_one(text: Words, part: str, title: str) -> Words:
    """Return the words with a part once, where a style prints it twice: right behind the title, else the last one."""
    said = words.plain(text)
    spans = [match.span() for match in re.finditer(re.escape(part), said)] if len(bare(part)) > 5 else []
    if len(spans) < 2:
        return text
    follows = [span for span in spans if title and title in said[max(span[0] - len(title) - 4, 0) : span[0]]]
    kept = (follows or spans[-1:])[0]
    for start, end in reversed([span for span in spans if span != kept]):
        before = said[:start].rstrip(f"{_SIGNS}.(")
        text = cut_out(text, len(before), end)
    return text
