"""Decides each cite of a note: found, drafted, unsure or left, with the reason and the place in the source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..lookup.answered import AnsweredCite
from ..values.folios import tidy_leaves
from ..values.locators import Locator, format_locator, parse_locator
from ..values.spelling import words_of
from .aligning import align
from .cross_references import CrossReference
from .deciding import Choice, choose, find_by_author_and_year, say_why
from .decisions import CiteDecision, Outcome, WorklistAnswer
from .drafting import Drafted, DraftMaker, emphasised_in
from .known_works import issued_year
from .leading_prose import find_own_begin
from .manuscript import FieldCite, ManuscriptNote
from .memory_index import MemoryIndex
from .named_by_note import blank_numbers, end_behind_number, find_by_note
from .said_cites import THROUGH, SaidCite, cut_cites, is_description

# An Ibid. with nothing but a place behind it.
_IBID = re.compile(
    r"(?:ibid|ibidem|ib|ebd|ebenda|po aty|там же|tamtéž|tamże|ivi|ibíd)\.?[,:;]?\s*"
    r"(?:[^\W\d_]{1,6}\.?\s?)?(?:[0-9][0-9rvа-я]*(?:\s?[–—,-]\s?[0-9]+[rv]?)*)?\s*\.?",
    re.IGNORECASE,
)


_IBID_WITHIN = re.compile(r"[,;(]\s*(?:ibid|ibidem|ebd|ebenda|po aty|там же|ivi)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Around:
    """What a note is read in: the index of this round, the cite before it, and whether short forms are drafted."""

    index: MemoryIndex
    before: CiteDecision | None
    drafts_incomplete: bool
    numbers: Mapping[str, int]


class CiteReader:
    """Decides the cites of notes, and remembers what it has filed from one round to the next."""

    def __init__(self, drafter: DraftMaker, answers: Mapping[str, WorklistAnswer]) -> None:
        self._drafter, self._answers = drafter, answers
        self._filed: dict[tuple[int, int], Drafted] = {}
        self._decided: dict[int, list[CiteDecision]] = {}
        self.named_works: set[str] = set()  # that the manuscript surely cites, or has in its list

    @property
    def count_filed(self) -> int:
        return len(self._filed) + len(self._drafter.drafted_works)

    def decide(
        self, note: ManuscriptNote, said: Sequence[AnsweredCite], sent: Sequence[CrossReference], around: Around
    ) -> list[CiteDecision]:
        """Return what becomes of the cites of a note, in their order. `sent`: where it sends to other notes."""
        index = around.index
        exact = [self._from_field(note, cite, index) for cite in note.field_cites if self._says_work(cite)]
        cites = [
            cite
            for cite in cut_cites(blank_numbers(note.text), said)
            if not any(one.start < cite.part[1] and cite.part[0] < one.end for one in exact)
            and not any(one.start <= cite.start and cite.end <= one.end + 1 for one in sent)
        ]
        decided = list(exact)
        for cite in cites:
            before = [one for one in decided if one.end <= cite.start and not THROUGH.search(one.prefix)]
            last = max(before, key=lambda one: one.end) if before else around.before
            whole = replace(cite, end=end_behind_number(note.text, cite.end))
            decided.append(self._decide(note, whole, replace(around, before=last)))
        decided.sort(key=lambda one: one.start)
        self.named_works |= {one.key for one in decided if one.key and self._drafter.is_work(one.key)}
        self._decided[note.number] = decided
        return decided

    def _says_work(self, cite: FieldCite) -> bool:
        """Say whether a cite names a work by what it is, or a record of the edition by its key."""
        linked = self._drafter.linked
        key = str(cite.item.get("id", ""))
        return len(cite.item) > 1 or key in linked.corpus.works or linked.get("source", key) is not None

    def _from_field(self, note: ManuscriptNote, cite: FieldCite, index: MemoryIndex) -> CiteDecision:
        is_key = len(cite.item) == 1
        key = str(cite.item["id"]) if is_key else self._drafter.works.add(cite.item, note.place)
        outcome: Outcome = "drafted" if self._drafter.is_drafted(key) else "found"
        label = {"": "page"}.get(cite.label, cite.label)
        found = parse_locator(f", {cite.locator}")[0] if label == "page" and cite.locator else None
        locator = format_locator(found or Locator(label, cite.locator)) if cite.locator else ""
        why = say_why(index.linked.phrases, "field-code")
        text = note.text[cite.start : cite.end]
        return CiteDecision(
            note.number, cite.start, cite.end, text, outcome, key, key, locator, cite.prefix.strip(),
            _as_suffix(cite.suffix.strip(" ,")), why,
        )  # fmt: skip

    def _decide(self, note: ManuscriptNote, cite: SaidCite, around: Around) -> CiteDecision:
        text = note.text[cite.start : cite.end]
        phrases = around.index.linked.phrases
        choice = choose(cite.answer, around.index.linked, self._drafter.has_open_leaves)
        place = _place_of(cite.answer)
        drafted = self._filed.get((note.number, cite.start))
        named, behind = find_by_note(text, around.numbers, self._decided, around.index)
        known = "" if named else self._known_work(note, cite, choice)
        if not named and not known:
            known = find_by_author_and_year(text, choice, around.index.linked.corpus.works, self.named_works)
            choice = replace(choice, why="") if known else choice
        if named:
            choice = Choice(named, say_why(phrases, "named-in-note"))
            place = parse_locator(f", {behind.lstrip(' ,')}")[0] or (place if behind.strip(" ,.") else None)
        elif known:
            choice = Choice(known, choice.why or say_why(phrases, "same-work"))
            place = self._place_in_work(note, cite, known, place)
        elif _IBID.fullmatch(text) and around.before is not None and self._drafter.is_drafted(around.before.key):
            # The lookup would look for another document on another leaf. A draft has the leaves that are cited.
            drafted = None
            choice = Choice(around.before.key, choice.why)
            place = _as_before(place, around.before)
        elif drafted is None and not _looks_back(text):
            drafted = self._file(note, cite, choice, around)
        if drafted is not None:
            choice = Choice(drafted.key, say_why(phrases, "drafted"), choice.candidates)
            place = Locator(drafted.label, drafted.value) if drafted.value else place
        elif choice.key:
            place = self._place_in_work(note, cite, choice.key, place)
        is_new = self._drafter.is_drafted(choice.key)
        start, signal = cite.start, cite.signal
        if choice.key and drafted is None and not named and not _looks_back(text) and not is_description(text):
            start += find_own_begin(text, choice.key, around.index)
            signal = signal if start == cite.start else ""
            text = note.text[start : cite.end]
        outcome: Outcome = "drafted" if is_new else "found" if choice.key else "unsure" if choice.candidates else "left"
        if place is not None and is_new:
            self._drafter.note_leaves(choice.key, place.label, place.value)
        locator = _format(place)
        source = choice.key or name_source(text, locator)
        key, why = choice.key, choice.why
        # An answer is kept under the words of an open source, or under the key of one that was drafted.
        answered = self._answers.get(source) or self._answers.get(name_source(text, locator))
        if answered is not None:
            key = "" if answered.answer == "leave" else answered.key or key or next(iter(choice.candidates), "")
            outcome, why = ("found" if key else "left"), say_why(phrases, "answered")
        return CiteDecision(
            note.number, start, cite.end, text, outcome, source, key, locator, signal,
            _as_suffix(cite.remark), why, tuple(one for one in choice.candidates if one != key),
        )  # fmt: skip

    def _known_work(self, note: ManuscriptNote, cite: SaidCite, choice: Choice) -> str:
        """Return the work of a whole reference by its title, author and year, "" if none or where a draft is made."""
        text = note.text[cite.start : cite.end]
        if self._drafter.shelf_of(text) is not None:
            return ""
        reference = self._drafter.read_work(text, _emphasised(note, cite))
        if reference is None or not reference.is_full:
            return ""
        return self._drafter.works.find(reference.item)

    def _place_in_work(self, note: ManuscriptNote, cite: SaidCite, key: str, place: Locator | None) -> Locator | None:
        """Return the place that is meant in a work, not the pages of a whole article: "44–71, 45" -> 45."""
        if not self._drafter.is_work(key):
            return place
        reference = self._drafter.read_work(note.text[cite.start : cite.end], _emphasised(note, cite))
        if reference is None or "page" not in reference.item:
            return place
        return parse_locator(f", {reference.locator}")[0] if reference.locator else None

    def _file(self, note: ManuscriptNote, cite: SaidCite, choice: Choice, around: Around) -> Drafted | None:
        """Return what a cite is filed as where the lookup has found nothing sure, or something else than it says."""
        text = note.text[cite.start : cite.end]
        shelf = self._drafter.shelf_of(text)
        if _IBID_WITHIN.search(text):
            said = {name: part["value"] for name, part in cite.answer["read"].items()}
            key = around.before.key if around.before is not None else ""
            drafted = self._drafter.file_beside(text, note.place, key, said)
        elif shelf is not None:
            if choice.key and not self._drafter.is_drafted(choice.key):
                return None
            if not choice.key and _has_sure(cite.answer):
                return None
            drafted = self._drafter.file_document(text, note.place)
        else:
            drafted = self._file_work(note, cite, choice, text, drafts_incomplete=around.drafts_incomplete)
        if drafted is not None:
            self._filed[note.number, cite.start] = drafted
        return drafted

    def _file_work(
        self, note: ManuscriptNote, cite: SaidCite, choice: Choice, text: str, *, drafts_incomplete: bool
    ) -> Drafted | None:
        reference = self._drafter.read_work(text, _emphasised(note, cite))
        if reference is None or (not reference.is_full and not drafts_incomplete):
            return None
        item = reference.item
        if choice.key and not (
            reference.is_full and "container-title" in item and self._is_container(choice.key, item)
        ):
            return None
        if not reference.is_full and (_has_sure(cite.answer) or "author" not in item or not cite.answer["locator"]):
            return None
        if not item.keys() & {"author", "editor"} and not (issued_year(item) or "volume" in item):
            return None
        key = self._drafter.works.add(item, note.place)
        place = parse_locator(f", {reference.locator}")[0] if reference.locator else None
        return Drafted(key, place.label, place.whole) if place else Drafted(key)

    def _is_container(self, key: str, item: Mapping[str, object]) -> bool:
        """Say whether a work is the volume in which the cited chapter stands, and not the chapter."""
        work = self._drafter.linked.corpus.works.get(key)
        own = set(words_of(work.fields.get("title", ""))) if work else set()
        title, volume = set(words_of(str(item["title"]))), set(words_of(str(item["container-title"])))
        return bool(own) and len(own & volume) > len(own & title)


def _as_before(place: Locator | None, before: CiteDecision) -> Locator | None:
    """Return the place of an Ibid.: its own, under the label of the cite before, or the place of that."""
    last = parse_locator(f", {before.locator}")[0] if before.locator else None
    if place is None:
        return last
    return Locator(last.label, place.value) if last is not None and place.label == "page" else place


def _has_sure(answer: AnsweredCite) -> bool:
    """Say whether several records are meant exactly or likely: an editor has to choose."""
    return sum(match["confidence"] != "possible" for match in answer["matches"]) > 1


def _looks_back(text: str) -> bool:
    first = words_of(text)[:2]
    return bool({"ibid", "ibidem", "ebd", "ebenda", "idem", "ders", "dies"} & set(first)) or text.lower().startswith(
        ("po aty", "там же")
    )


def _emphasised(note: ManuscriptNote, cite: SaidCite) -> tuple[str, ...]:
    """Return what stands in italics in a cite."""
    places = align(note.text, note.markdown)
    if places is None:
        return ()
    start = places[cite.start]
    start -= note.markdown[start - 1 : start] in ("*", "_")
    return tuple(emphasised_in(note.markdown[max(start, 0) : places[cite.end] + 1]))


def _place_of(answer: AnsweredCite) -> Locator | None:
    said = answer["locator"]
    return Locator(said["label"], said["value"]) if said else None


def _format(place: Locator | None) -> str:
    """Return a place as a citation has it, "" for none."""
    if place is None:
        return ""
    if place.label == "folio":
        tidy = tidy_leaves(place.value)
        return format_locator(Locator("folio", tidy, written="" if tidy == place.value else place.value))
    return format_locator(Locator(place.label, place.value))


def _as_suffix(remark: str) -> str:
    return remark if not remark or remark[0] in "([" else f", {remark}"


def name_source(text: str, locator: str) -> str:
    """Return what names the source of a cite in all notes: its words, without the place in it."""
    places = set(words_of(locator))
    words = words_of(text)
    while words and words[-1] in places:
        words.pop()
    return " ".join(words)
