"""Links: what follows from records that name, cite and contain one another."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Edition
from dosje.edition.holdings import Holding
from dosje.edition.links import LinkedCorpus, link_corpus
from dosje.edition.orders import by_date
from dosje.edition.person_names import display_name, sort_name
from dosje.reading.record_files import read_corpus
from dosje.reading.records import PersonName
from dosje.reading.settings_file import read_settings
from dosje.values.findings import format_findings
from dosje.values.leaf_words import LeafWords
from dosje.values.locators import format_locator
from dosje.values.metadata import Name
from dosje.values.page_id import PageId

ARCHIVES = "aqsh: {name: Arkivi Qendror, abbreviation: AQSH, place: tirana, labels: {year: V., file: D., folio: fl.}}\n"


def link(edition: Edition, files: Mapping[str, str]) -> LinkedCorpus:
    settings, findings = read_settings(edition(files))
    assert settings
    corpus, found = read_corpus(settings)
    assert format_findings(findings + found) == ""
    return link_corpus(corpus)


def source(**fields: str) -> str:
    given = {"type": "report", "title": "A report", "seen": "original", **fields}
    return "".join(f"{name}: {value}\n" for name, value in given.items())


def essay(body: str) -> str:
    return f"---\ntitle: An essay\n---\n{body}\n"


def meeting(**fields: str) -> str:
    given = {"title": "A meeting", "kind": "talks", "date": "1960", **fields}
    return "".join(f"{name}: {value}\n" for name, value in given.items())


def labels(linked: LinkedCorpus, kind: str, key: str) -> list[str]:
    return [call.label for call in linked.calls_by_page[PageId(kind, key)]]


def contexts(linked: LinkedCorpus, key: str) -> list[str]:
    return [backlink.call.context for backlink in linked.backlinks[key]]


def test_an_item_lies_where_its_file_series_and_fonds_lie(edition: Edition) -> None:
    linked = link(
        edition,
        {
            "content/places.yml": "tirana: {name: Tirana}\n",
            "content/archives.yml": ARCHIVES,
            "content/sources/fonds.yml": source(type="fonds", level="fonds", repository="aqsh", reference="F. 14/AP"),
            "content/sources/series.yml": source(type="series", level="series", part_of="fonds", year="'1960'"),
            "content/sources/file.yml": source(type="file", level="file", part_of="series", file="'14'"),
            "content/sources/item.yml": source(part_of="file", folios="3"),
        },
    )
    sources = linked.corpus.sources
    assert linked.holdings.holding_of(sources["item"]) == Holding(
        "aqsh",
        "AQSH",
        "Tirana",
        (
            "F. 14/AP",
            "V. 1960",
            "D. 14",
        ),
        LeafWords("fl.", pages="pp."),
        name=linked.corpus.archives["aqsh"].model.name,
    )
    assert linked.holdings.holding_of(sources["fonds"]) == Holding(
        "aqsh", "AQSH", "Tirana", ("F. 14/AP",), LeafWords("fl."), name="Arkivi Qendror", is_item=False
    )
    assert [record.key for record in linked.chain(sources["item"])] == ["file", "series", "fonds"]
    assert [record.key for record in linked.parts[PageId("source", "file")]] == ["item"]


def test_what_is_said_nearer_to_the_item_goes_before_what_is_said_of_the_whole(edition: Edition) -> None:
    linked = link(
        edition,
        {
            "content/archives.yml": "aqsh: {name: A}\nrgani: {name: РГАНИ}\n",
            "content/sources/file.yml": source(repository="aqsh", reference="F. 14", year="'1960'"),
            "content/sources/copy.yml": source(part_of="file", repository="rgani", reference="F. 3"),
        },
    )
    copy = linked.corpus.sources["copy"]
    # An archive without abbreviation goes by its name, one without labels cites as the edition does.
    assert linked.holdings.holding_of(copy) == Holding(
        "rgani", "РГАНИ", "", ("F. 3", "1960"), LeafWords("fl."), name="РГАНИ"
    )


def test_a_source_of_no_repository_lies_nowhere(edition: Edition) -> None:
    linked = link(edition, {"content/sources/a.yml": source()})
    assert linked.holdings.holding_of(linked.corpus.sources["a"]) is None


def test_a_part_of_itself_ends_the_chain(edition: Edition) -> None:
    linked = link(edition, {f"content/sources/{a}.yml": source(part_of=b) for a, b in ("ab", "bc", "cb")})
    assert [record.key for record in linked.chain(linked.corpus.sources["a"])] == ["b", "c"]


def test_backlinks_come_in_the_order_of_the_leaves_cited(edition: Edition) -> None:
    body = "One [@a]. Two [@a, fl. 31]. Three [@a, fl. 3–4; @b]. Four [@a, 12]. Five [@a, fl. 3]. Six [@a, fl. 9, 12]."
    linked = link(edition, {"content/essays/e.md": essay(body), "content/sources/a.yml": source()})
    assert [
        format_locator(backlink.cite.locator) if backlink.cite.locator else "" for backlink in linked.backlinks["a"]
    ] == ["fl. 3", "fl. 3–4", "fl. 9, 12", "fl. 31", "12", ""]
    assert contexts(linked, "a") == ["Five.", "Three.", "Six.", "Two.", "Four.", "One."]


def test_backlinks_of_the_same_leaf_come_in_the_order_of_pages(edition: Edition) -> None:
    files = {f"content/essays/{name}.md": essay(f"In {name} [@a, fl. 3].") for name in ("b", "a")}
    linked = link(edition, {**files, "content/meetings/m.yml": meeting(account="In m [@a, fl. 3].")})
    assert contexts(linked, "a") == ["In a.", "In b.", "In m."]


def test_a_label_is_made_of_what_is_cited(edition: Edition) -> None:
    body = "[@a] [@a, fl. 9–20] [@b, 171; see @c, n. 5] [@a; @b; @c; @d, 3] [@a, p. xi]"
    linked = link(edition, {"content/essays/e.md": essay(body)})
    assert labels(linked, "essay", "e") == ["a", "a-folio-9-20", "b-page-171--c-note-5", "a--b--c--etc", "a-page-xi"]


def test_a_label_ends_with_the_words_before_the_note(edition: Edition) -> None:
    body = "On to *Shkodër*, they wrote,[@a] and “in [Москва](place:x)”.[@a, fl. 3] [@b]\n\n[@c] Alone [@d]."
    linked = link(edition, {"content/essays/e.md": essay(body)})
    assert labels(linked, "essay", "e") == ["a_they-wrote", "a-folio-3_in-moskva", "b_in-moskva", "c", "d_alone"]


def test_the_label_of_a_participant_s_note_ends_with_the_person(edition: Edition) -> None:
    participants = "[{person: p, cite: '[@a]', role: guest}, {organisation: o, attendance: absent, cite: '[@a]'}]"
    persons = {f"content/persons/{key}.yml": f"name: {{family: {key}}}\n" for key in "pq"}
    organisations = {"content/organisations.yml": "o: {name: The Office}\n"}
    linked = link(edition, {"content/meetings/m.yml": meeting(participants=participants), **persons, **organisations})
    assert labels(linked, "meeting", "m") == ["a_p", "a_o"]


def test_a_label_has_the_oldest_key_of_a_source_and_of_a_person(edition: Edition) -> None:
    participants = "[{person: new, cite: '[@newest, fl. 3; @b]'}]"
    linked = link(
        edition,
        {
            "content/meetings/m.yml": meeting(participants=participants, account="So it was [@newest]."),
            "content/sources/newest.yml": source(formerly="[oldest, older]"),
            "content/persons/new.yml": "name: {family: P}\nformerly: [old]\n",
        },
    )
    assert labels(linked, "meeting", "m") == ["oldest-folio-3--b_old", "oldest_it-was"]


def test_a_label_stays_when_another_note_is_put_before_it(edition: Edition) -> None:
    before = link(edition, {"content/essays/e.md": essay("One [@a, fl. 3]. Two [@b].")})
    after = link(edition, {"content/essays/e.md": essay("New [@c]. One [@a, fl. 3].[^x] Two [@b].\n\n[^x]: A word.")})
    assert labels(before, "essay", "e") == ["a-folio-3_one", "b_two"]
    assert labels(after, "essay", "e") == ["c_new", "a-folio-3_one", "note-x", "b_two"]


_SAID = st.sampled_from(
    [
        "On one [@a].",
        "On two.[@a]",
        "Two.[@a]",
        "Two [@a, 2].",
        "Two.[^x]",
        "[@a]",
        "[@a-2]",
        "Two 2.[@a]",
        "Two.[@a] [@a]",
    ]
)
_GAP = st.sampled_from([" ", "\n\n"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(said=st.lists(_SAID, min_size=1, max_size=8), new=_SAID, index=st.integers(0, 8), gap=_GAP)
def test_no_note_put_before_others_changes_their_labels(
    said: list[str], new: str, index: int, gap: str, edition: Edition
) -> None:
    def link_notes(notes: list[str]) -> list[str]:
        # What begins with a citation is a paragraph, or the words before it would be another note's.
        body = "".join(["So.", *("\n\n" * note.startswith("[") + gap + note for note in notes), "\n\n[^x]: A word."])
        return labels(link(edition, {"content/essays/e.md": essay(body)}), "essay", "e")

    before = link_notes(said)
    after = link_notes([*said[:index], new, *said[index:]])
    count_after = sum(note.count("[") for note in said[index:])
    assert len(set(after)) == len(after) > len(before)
    assert after[len(after) - count_after :] == before[len(before) - count_after :]


def test_of_notes_that_say_and_cite_the_same_all_but_the_last_get_a_number(edition: Edition) -> None:
    linked = link(edition, {"content/essays/e.md": essay("One [@a]. But one [@b]. One [@a]. Four [@a]. One [see @a].")})
    assert labels(linked, "essay", "e") == ["a_one.3", "b_but-one", "a_one.2", "a_four", "a_one"]


def test_no_two_notes_of_a_page_share_a_label(edition: Edition) -> None:
    linked = link(edition, {"content/essays/e.md": essay("One [@a]. Two [@a]. Three [@a-2].")})
    assert len(set(labels(linked, "essay", "e"))) == 3


def test_meetings_follow_and_precede_one_another_whichever_says_so(edition: Edition) -> None:
    linked = link(
        edition,
        {
            "content/meetings/a.yml": meeting(date="1960-06"),
            "content/meetings/b.yml": meeting(date="1960-07", follows="[a]"),
            "content/meetings/c.yml": meeting(date="1960-05", precedes="[b]"),
            "content/meetings/d.yml": meeting(date="1960-08", follows="[b]", see_also="[a]"),
        },
    )

    def around(key: str) -> list[list[str]]:
        found = linked.meeting_links.neighbours(linked.corpus.meetings[key])
        return [[record.key for record in side] for side in found]

    assert [around(key) for key in "abcd"] == [[[], ["b"]], [["c", "a"], ["d"]], [[], ["b"]], [["b"], []]]


def test_a_meeting_that_is_said_twice_to_come_before_stands_there_once(edition: Edition) -> None:
    linked = link(
        edition, {"content/meetings/a.yml": meeting(precedes="[b]"), "content/meetings/b.yml": meeting(follows="[a]")}
    )
    before, after = linked.meeting_links.neighbours(linked.corpus.meetings["b"])
    assert ([record.key for record in before], after) == (["a"], ())


def test_a_person_attends_a_meeting_once_however_often_named_in_it(edition: Edition) -> None:
    part = '{person: kapo, cite: "[@a]"}'
    linked = link(
        edition,
        {
            "content/persons/kapo.yml": "name: {family: Kapo}\n",
            "content/meetings/b.yml": meeting(date="1961", participants=f"[{part}, {part}]"),
            "content/meetings/a.yml": meeting(date="1962", participants=f"[{part}]"),
            "content/meetings/c.yml": meeting(),
        },
    )
    assert [record.key for record in linked.meeting_links.of_person("kapo")] == ["b", "a"]
    assert linked.meeting_links.of_person("hoxha") == ()


def test_the_documents_of_a_meeting_are_the_sources_that_say_so(edition: Edition) -> None:
    linked = link(
        edition,
        {
            "content/meetings/m.yml": meeting(account="See [@c]."),
            "content/sources/a.yml": source(meetings="[m]"),
            "content/sources/b.yml": source(meetings="[m]", date="1960"),
            "content/sources/c.yml": source(),
        },
    )
    assert [record.key for record in linked.meeting_links.sources_of("m")] == ["b", "a"]


def test_a_mention_is_the_sentence_of_the_link_and_the_next_note(edition: Edition) -> None:
    body = "One. [Kapo](person:kapo) *spoke*. He left [@a]. [Again](person:kapo).\n\n[Kapo](person:kapo) stayed."
    linked = link(edition, {"content/essays/e.md": essay(body), "content/persons/kapo.yml": "name: {family: Kapo}\n"})
    found = linked.mentions[PageId("person", "kapo")]
    assert [(mention.page, mention.context, mention.label) for mention in found] == [
        (PageId("essay", "e"), "Kapo spoke.", "a_he-left"),
        (PageId("essay", "e"), "Kapo stayed.", ""),
    ]


def test_a_record_is_not_mentioned_by_itself(edition: Edition) -> None:
    linked = link(
        edition, {"content/persons/kapo.yml": "name: {family: Kapo}\nbiography: '[Kapo](person:kapo) [@a].'\n"}
    )
    assert linked.mentions == {}


def test_cites_in_a_hand_written_note_are_of_that_note(edition: Edition) -> None:
    linked = link(edition, {"content/essays/e.md": essay("One.[^x] Two [@c].\n\n[^x]: With [@a, 5],\n    and [@b].")})
    calls = linked.calls_by_page[PageId("essay", "e")]
    assert [(call.label, [cite.key for cite in call.cites]) for call in calls] == [
        ("note-x", ["a", "b"]),
        ("c_two", ["c"]),
    ]
    # What rests on a hand-written note is the paragraph that calls it.
    assert contexts(linked, "b") == ["One. Two."]


def test_a_hand_written_note_may_be_called_twice(edition: Edition) -> None:
    linked = link(edition, {"content/essays/e.md": essay("One.[^x] Two.[^x]\n\n[^x]: See [@a].")})
    assert labels(linked, "essay", "e") == ["note-x.2", "note-x"]


def test_a_citation_outside_of_prose_says_what_rests_on_it(edition: Edition) -> None:
    linked = link(
        edition,
        {
            "content/persons/kapo.yml": "name: {family: Kapo, given: Hysni}\n"
            'affiliations: [{organisation: pla, office: member of the Politburo, cite: "[@a, 1]"}]\n',
            "content/organisations.yml": "pla: {name: Party of Labour}\n",
            "content/meetings/m.yml": meeting(
                participants='[{person: kapo, role: head, cite: "[@a, 2]"}, {organisation: pla, cite: "[@a, 3]"}]',
                disputes='[{question: When?, positions: [{claim: On *24* June., cite: "[@a, 4]"}, '
                '{claim: Later., cite: "[@a, 5]"}]}]',
            ),
            "content/sources/s.yml": source(seen="via", via='"[@a, 6]"'),
            "bibliography/a.bib": "@book{w, title = {W}, seen = {via}, via = {[@a, 7]}}\n",
        },
    )
    assert contexts(linked, "a") == [
        "Member of the Politburo",
        "Hysni Kapo, present, head",
        "Party of Labour, present",
        "On 24 June.",
        "Later.",
        "Names this source.",
        "Names this source.",
    ]


def test_records_by_date_end_with_the_undated_and_are_sorted_by_key_where_equal(edition: Edition) -> None:
    dates = {"a": "", "b": "1960", "c": "1960-06", "d": "", "e": "1959", "f": "1960"}
    files = {f"content/sources/{key}.yml": source(date=date) for key, date in dates.items()}
    linked = link(edition, files)
    assert [record.key for record in by_date(linked.corpus.sources.values())] == [*"ebfcad"]


def test_a_name_is_printed_as_its_language_orders_it() -> None:
    kapo = PersonName(family="Kapo", given="Hysni")
    mao = PersonName(family="Mao", given="Zedong", family_first=True)
    stalin = PersonName(family="Stalin")
    assert [display_name(name) for name in (kapo, mao, stalin)] == ["Hysni Kapo", "Mao Zedong", "Stalin"]
    assert [sort_name(name) for name in (kapo, mao, stalin)] == ["Kapo, Hysni", "Mao Zedong", "Stalin"]


def test_an_author_is_a_person_s_record_or_a_plain_name(edition: Edition) -> None:
    linked = link(edition, {"content/persons/kapo.yml": "name: {family: Kapo, given: Hysni}\n"})
    assert linked.name_of("kapo") == Name("Kapo", "Hysni")
    assert linked.name_of("The Central Committee") == Name(literal="The Central Committee")


def test_linking_is_the_same_whatever_the_order_of_reading(edition: Edition) -> None:
    files = {f"content/essays/{key}.md": essay(f"In the essay {key}{key} [@a]. [X](person:x).") for key in "cab"}
    one = link(edition, files)
    two = link(edition, dict(reversed(files.items())))
    assert contexts(one, "a") == contexts(two, "a") == ["In the essay aa.", "In the essay bb.", "In the essay cc."]
    assert one.mentions == two.mentions


def test_a_citation_that_covers_its_paragraph_gives_backlinks_the_whole_of_it(edition: Edition) -> None:
    body = "Fox came. He sat down [@a]{note=7 covers=paragraph}.\n\nHe ate. He left [@a]{note=8}."
    linked = link(edition, {"content/sources/a.yml": source(), "content/essays/e.md": essay(body)})
    assert contexts(linked, "a") == ["He left.", "Fox came. He sat down."]  # by the label of the note
    assert labels(linked, "essay", "e") == ["a_sat-down", "a_he-left"]


def test_it_does_so_in_a_field_of_prose_too(edition: Edition) -> None:
    body = "Fox came. He sat down [@a; @b]{covers=paragraph}."
    files = {f"content/sources/{key}.yml": source() for key in "ab"}
    linked = link(edition, {**files, "content/meetings/m.yml": meeting(account=f"'{body}'")})
    assert contexts(linked, "b") == ["Fox came. He sat down."]
