"""Gives each form that occurs its words: asks pandoc once, mends what it says, and keeps it.

What pandoc answers depends on the source, the style, the locale and pandoc's version alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from ..system.children import Limits, Means, end_all
from ..values import words
from ..values.bidi import isolate_words
from ..values.metadata import Meta, MetaMap, meta_of_reference, meta_string, text_of_meta
from ..values.stand_ins import IBID, LEAF, NO_ARCHIVE, ONE, TRANSLATED, TWO, WRITTEN_AT
from ..values.words import Words
from .citeproc import NOTE_PREFIX, NoteLine, entries_in_blocks, run_citeproc, words_of_block
from .completing import complete, keep_one, locator_of
from .csl import UNASKED, Variant
from .forms import BARE, Form
from .free_numbers import find_free_numbers
from .kept_answers import digest_of, fetch_answers, open_answers
from .months import decline_months
from .pandoc import pandoc_version
from .style_xml import has_bibliography, make, replace_layout
from .styles import Style, with_leaf, word_of_label

# A part of each digest. Raise it when pandoc is asked in another way.
_ASKED_AS = "8"
_SEPARATOR = "dosje-separator"


def word_forms(
    forms: Iterable[Form], metas: Mapping[Variant, Meta], style: Style, locale: str, means: Means
) -> dict[Form, Words]:
    """Return the words of each form. One call of pandoc gives all that are not kept yet.

    `metas`: CSL variables by the variant of the form. Raises PandocError.
    """
    wanted = sorted(set(forms))
    base = f"{_ASKED_AS}/{{}}/{locale}/{pandoc_version()}"
    styles = {leaf: with_leaf(style, leaf) for leaf in {form.leaf if form.label else "" for form in wanted}}
    source_digests: dict[Variant, str] = {}
    digest_by_form = {}
    for form in wanted:
        source = form.variant
        if source not in source_digests:
            source_digests[source] = json.dumps(metas[source], sort_keys=True, ensure_ascii=False)
        leaf = form.leaf if form.label else ""
        parts = [source_digests[source], form.position, form.label, str(form.is_plural)]
        parts += ([leaf] if leaf else []) + (["no author"] if form.hides_author else [])
        parts += [form.apart] if form.apart else []
        digest_by_form[form] = digest_of("form", base.format(styles[leaf].digest), *parts)
    with open_answers(means.cache_dir) as store:
        kept = fetch_answers(store, list(digest_by_form.values()))
        missing = [form for form in wanted if digest_by_form[form] not in kept]
        if missing:
            made = _ask(missing, metas, style, locale, means.limits)
            rows = [(digest_by_form[form], json.dumps(words.to_json(text))) for form, text in made.items()]
            with store:
                store.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", rows)
            kept.update(rows)
    found = {form: words.from_json(json.loads(kept[digest])) for form, digest in digest_by_form.items()}
    return {form: isolate_words(decline_months(set_off_date(said), locale), locale) for form, said in found.items()}


# A date that is not sure, behind a word, a closing quotation mark or bracket.
_UNSURE_DATE = re.compile(r"(?<=[\w’”»)\]])( \[[^\[\]]*\d\?\])")


def set_off_date(text: Words) -> Words:
    """Return the words with a comma before a date that is not sure, as before any other: "Agreement, [1960?]".

    Chicago's styles set one behind the title of a document, but not behind that of a manuscript with an author.
    """
    if "?]" not in words.plain(text):
        return text
    made: list[words.Run] = []
    before = ""
    for run in text:
        made.append(words.Run(_UNSURE_DATE.sub(r",\1", before + run.text)[len(before) :], run.styles, run.url))
        before = run.text[-1:]
    return tuple(made)


def sets_stops_in_quotes(style: Style, locale: str, means: Means) -> bool:
    """Say whether the language, as the style has it, sets a full stop within a closing quotation mark."""
    quoted = replace_layout(style.xml, make("text", value="x", quotes="true"), suffix=".")
    return not _print_layout(quoted, locale, means).endswith(".")


def ibid_of(style: Style, locale: str, means: Means) -> str:
    """Return the language's word for "ibid.", as the style has it."""
    term = replace_layout(style.xml, make("text", term="ibid"))
    return _print_layout(term, locale, means)[len(NOTE_PREFIX) :].strip()


def _print_layout(xml: str, locale: str, means: Means) -> str:
    """Return what a style prints whose notes say nothing of their source. It is kept like the words of sources."""
    digest = digest_of("layout", xml, locale, pandoc_version())
    with open_answers(means.cache_dir) as store:
        kept = fetch_answers(store, [digest])
        if not kept:
            references = [meta_of_reference(_SEPARATOR, {})]
            blocks = run_citeproc(references, [NoteLine(_SEPARATOR, "", None)], xml, locale, means.limits)
            kept = {digest: words.plain(words_of_block(blocks[0]))}
            with store:
                store.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", kept.items())
    return kept[digest]


def _ask(
    forms: Sequence[Form], metas: Mapping[Variant, Meta], style: Style, locale: str, limits: Limits
) -> dict[Form, Words]:
    """Return the words of `forms`: notes from one run of citeproc, bibliography entries from another.

    There are two runs, because pandoc makes an entry for every source of a document. They run at the same time.
    """
    notes = [form for form in forms if form.position != "bibliography"]
    entries = [form for form in forms if form.position == "bibliography"]
    by_leaf: dict[str, list[Form]] = {}
    for form in notes:
        by_leaf.setdefault(form.leaf if form.label else "", []).append(form)
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(_ask_entries, entries, metas, style, locale, limits)]
        # Archives that write leaves in other ways are asked for one after the other.
        for leaf, group in by_leaf.items():
            asked.append(pool.submit(_ask_notes, group, metas, with_leaf(style, leaf), locale, limits))
        try:
            return {form: text for one in asked for form, text in one.result().items()}
        except (KeyboardInterrupt, SystemExit):
            end_all()  # otherwise the pool waits for both answers
            raise


def _ask_notes(
    forms: Sequence[Form], metas: Mapping[Variant, Meta], style: Style, locale: str, limits: Limits
) -> dict[Form, Words]:
    """Return the words of forms that stand in notes.

    In the document each source has one id for each kind of locator. So each has a first note, and an ibid right
    after it. The subsequent notes stand at the end, where each follows another source.
    """
    if not forms:
        return {}
    positions_by_variant: dict[Form, set[str]] = {}
    for form in forms:
        positions_by_variant.setdefault(form._replace(position=""), set()).add(form.position)
    references = [meta_of_reference(_SEPARATOR, {"type": meta_string("book")})]
    numbers = find_free_numbers(json.dumps([list(metas.items()), style.xml, locale], ensure_ascii=False))
    script: list[NoteLine] = []
    subsequent: list[NoteLine] = [NoteLine(_SEPARATOR, "", None)]
    for number, (one, positions) in enumerate(positions_by_variant.items()):
        name, locator = f"dosje-{number}", _locator(one.label, one.is_plural, numbers.one, numbers.two)
        references.append(_reference(name, metas[one.variant]))
        script.append(NoteLine(name, locator, one._replace(position="first")))
        if "ibid" in positions:
            script.append(NoteLine(name, locator, one._replace(position="ibid")))
        if "ibid-with-locator" in positions:
            # The number differs from that of the note before.
            other = _locator(one.label, one.is_plural, numbers.other, numbers.two)
            script.append(NoteLine(name, other, one._replace(position="ibid-with-locator")))
        if "subsequent" in positions:
            subsequent.append(NoteLine(name, locator, one._replace(position="subsequent")))
    script += subsequent
    wanted = set(forms)
    number_of_first: dict[str, str] = {}
    made = {}
    blocks = run_citeproc(references, script, style.xml, locale, limits, first_number=numbers.first_note)
    for number, (line, block) in enumerate(zip(script, blocks, strict=True), start=numbers.first_note):
        first = number_of_first.setdefault(line.name, str(number))
        if line.form is not None and line.form in wanted:
            text = words.strip_prefix(words_of_block(block), f"{NOTE_PREFIX} ")
            for said, sign in numbers.stand_ins(first):
                text = words.replace_text(text, said, sign)
            meta = metas[line.form.variant]
            text = keep_one(text, text_of_meta(meta.get("genre")), text_of_meta(meta.get("title")))
            text = _mend_place(_mend_leaf(_mend_title(text), line.form.leaf), line.form.position)
            text = _mend_within(line.form, text, style) if line.form.within else _cut_archive(text)
            made[line.form] = complete(text, meta, line.form, style.folio_label)
    return made


def _reference(name: str, meta: Meta) -> MetaMap:
    return meta_of_reference(name, {variable: value for variable, value in meta.items() if variable not in UNASKED})


def _cut_archive(text: Words) -> Words:
    return words.cut_text(text, NO_ARCHIVE) if NO_ARCHIVE in words.plain(text) else text


def _mend_leaf(text: Words, leaf: str) -> Words:
    """Return the words with a leaf as its archive writes it, where its label does not stand before the number."""
    if LEAF not in words.plain(text):
        return text
    number = rf"{LEAF}[\s\u00a0]*({ONE}(?:[^{ONE}{TWO}]*{TWO})?)"
    return words.cut_text(words.substitute(text, number, leaf.replace("\\", r"\\").replace("{}", r"\1")), LEAF)


def _mend_place(text: Words, position: str = "first") -> Words:
    """Return the words with the place where a document was written only where they are in full."""
    if WRITTEN_AT not in words.plain(text):
        return text
    if position == "first":
        return words.replace_text(text, WRITTEN_AT, "")
    return words.cut_text(text, f"{WRITTEN_AT}[^{WRITTEN_AT}]*{WRITTEN_AT}")


def _mend_within(form: Form, text: Words, style: Style) -> Words:
    """Return the words of a form with a shortened reference, mended so that they are right in any style."""
    if form.key == BARE and IBID not in words.plain(text):
        # A style that has no words for archives prints nothing.
        place = locator_of(form, style.folio_label)
        text = words.of_text(", ".join(part for part in (form.within, place) if part))
    return words.cut_text(text, NO_ARCHIVE)


def _mend_title(text: Words) -> Words:
    """Return the words with the translated title right after its original: ‘Raport’ [Report], [July 1960?]."""
    if TRANSLATED not in words.plain(text):
        return text
    text = words.substitute(text, rf"[.,]?([’”»«\u00a0\u202f]*)[.,:]? ?{TRANSLATED}", r"\1 ")
    return words.substitute(text, r"\] \[", "], [")


def _ask_entries(
    forms: Sequence[Form], metas: Mapping[Variant, Meta], style: Style, locale: str, limits: Limits
) -> dict[Form, Words]:
    """Return the entries of sources in a bibliography. They have no words if the style has no bibliography."""
    if not has_bibliography(style.xml):
        return dict.fromkeys(forms, ())
    if not forms:
        return {}
    references = [_reference(f"dosje-{n}", metas[form.variant]) for n, form in enumerate(forms)]
    script = [NoteLine(f"dosje-{n}", "", None) for n in range(len(forms))]
    blocks = run_citeproc(references, script, style.xml, locale, limits, has_bibliography=True)
    form_by_name = {f"dosje-{n}": form for n, form in enumerate(forms)}
    return {
        form_by_name[name]: _cut_archive(_mend_place(_mend_title(text)))
        for name, text in entries_in_blocks(blocks).items()
    }


def _locator(label: str, is_plural: bool, one: str, two: str) -> str:
    """Return a locator that pandoc reads as this CSL label."""
    if not label:
        return ""
    value = f"{one}–{two}" if is_plural else one
    return f"{word_of_label(label)} {value}"
