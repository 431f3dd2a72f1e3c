"""How well an edition is founded: what is weak in it, of each kind, and what is not."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from dosje.checking.edition import check_edition, with_settings
from dosje.checking.records import check_corpus
from dosje.checking.weaknesses import MEANINGS, WEAKNESS_KINDS, Founding, Weakness, weigh_founding
from dosje.cli.verbs import main
from dosje.edition.links import LinkedCorpus, link_corpus
from dosje.reading.record_files import read_corpus
from dosje.reading.settings_file import read_settings
from dosje.values.page_id import PageId
from dosje.web.page_maker import PageMaker
from english import ENGLISH

Edition = Callable[[Mapping[str, str | bytes]], Path]

WORKS = (
    "@book{mole,\n author = {Mole, Ann},\n title = {Dinners},\n date = {1962}}\n"
    "@book{owl,\n author = {Owl, Ben},\n title = {Soup},\n date = {1950},\n seen = {via},\n via = {[@mole, 3]}}\n"
    "@book{hen,\n author = {Hen, Cy},\n title = {Plates},\n date = {1970},\n seen = {via},\n via = {[@owl, 4]}}\n"
)
FILE = "type: file\nlevel: file\ntitle: Dinners\nfile: 3\nfolios: 1–20\nseen: original\nrepository: archive\n"


def letter(folios: str = "", more: str = "") -> str:
    leaves = f"part_of: file\nfolios: {folios}\n" if folios else ""
    return f"type: letter\ntitle: A letter\nseen: original\n{leaves}{more}"


def weigh(edition: Edition, files: Mapping[str, str]) -> Founding:
    known = {
        "mkdocs.yml": "site_name: A\n",
        "bibliography/works.bib": WORKS,
        "content/archives.yml": "archive: {name: Archive, labels: {file: D., folio: fl.}}\n",
        "content/sources/file.yml": FILE,
    }
    return weigh_founding(link(edition({**known, **files})))


def link(root: Path) -> LinkedCorpus:
    """Return the edition linked, without pandoc, which checks ask."""
    settings, _ = read_settings(root)
    assert settings is not None
    corpus, findings = read_corpus(settings)
    errors = [one for one in (*findings, *check_corpus(corpus)) if one.is_error]
    assert not errors
    return link_corpus(corpus)


def of_kind(founding: Founding, kind: str) -> list[tuple[str, tuple[str | PageId, ...]]]:
    return [(str(one.span), one.about) for one in founding.weaknesses if one.kind == kind]


def source(key: str) -> PageId:
    return PageId("source", key)


def test_a_statement_rests_on_nothing_on_one_source_or_on_more(edition: Edition) -> None:
    account = "account: |\n  No source.\n\n  One [@mole, 3], twice [@mole, 5].\n\n  Two [@mole, 3; @owl, 4].\n"
    founding = weigh(edition, {"content/events/e.yml": f"title: E\nkind: press\ndate: 1901\n{account}"})
    assert founding.statements == (1, 1, 1)
    assert of_kind(founding, "uncited") == [("content/events/e.yml:5:3", ("No source.",))]
    assert of_kind(founding, "single-source") == [("content/events/e.yml:7:3", ("One, twice.", source("mole")))]


def test_what_is_disputed_or_only_mentioned_carries_no_statement(edition: Edition) -> None:
    account = "account: One [@mole, 3; but see @owl, 4].\n"
    founding = weigh(edition, {"content/events/e.yml": f"title: E\nkind: press\ndate: 1901\n{account}"})
    assert founding.statements == (0, 1, 0)


def test_a_statement_rests_on_what_its_hand_written_note_cites(edition: Edition) -> None:
    text = "---\ntitle: E\n---\n\nSo it was.[^a]\n\n[^a]: Thus [@mole, 3] and [@owl, 4].\n"
    assert weigh(edition, {"content/essays/e.md": text}).statements == (0, 0, 1)


def test_sources_that_nobody_has_seen_are_told_with_the_works_through_which_they_are_known(edition: Edition) -> None:
    through = {"content/sources/a.yml": letter().replace("original", "via\nvia: '[@mole, n. 3]'"),
               "content/sources/b.yml": letter().replace("original", "unknown")}  # fmt: skip
    founding = weigh(edition, through)
    assert of_kind(founding, "unseen") == [
        ("bibliography/works.bib:9:2", (source("mole"),)),
        ("bibliography/works.bib:15:2", (source("owl"),)),
        ("content/sources/a.yml:3:7", (source("mole"),)),
        ("content/sources/b.yml:3:7", ()),
    ]
    assert dict(founding.seen) == {"edition": 1, "original": 1, "unknown": 1, "via": 3}


def test_what_an_import_drafted_is_told_until_somebody_has_read_it(edition: Edition) -> None:
    files = {
        "content/persons/a.yml": "name: {family: A}\ndraft: true\n",
        "bibliography/more.bib": "@book{cat,\n author = {Cat, Di},\n title = {Milk},\n draft = {true}}\n",
    }
    founding = weigh(edition, files)
    assert [span for span, _ in of_kind(founding, "draft")] == [
        "bibliography/more.bib:4:2",
        "content/persons/a.yml:2:8",
    ]


def test_notes_that_wait_in_a_worklist_for_an_answer_are_unsure(edition: Edition) -> None:
    sources = (
        "- {source: owl soup, text: 'Owl, Soup, 3', notes: [1], became: unsure, candidates: [owl]}\n"
        "- {source: mole, text: 'Mole, 3', notes: [2], became: left, answer: leave}\n"
        "- {source: hen, text: 'Hen, 3', notes: [3], became: found, record: hen}\n"
    )
    files = {
        "imports/book.yml": f"manuscript: book.docx\nnotes: 3\nessays: [e]\nsources:\n{sources}",
        "content/essays/e.md": (
            "---\ntitle: E\n---\n\nOne.[^n1] Two.[^n2] Three [@hen, 3]{note=3}.\n\n[^n1]: Owl.\n[^n2]: Mole.\n"
        ),
    }
    unsure = of_kind(weigh(edition, files), "unsure")
    assert unsure == [("imports/book.yml:5:3", ("book.docx", "Owl, Soup, 3", source("owl")))]


def test_a_chain_goes_through_a_work_that_nobody_has_seen_either(edition: Edition) -> None:
    assert of_kind(weigh(edition, {}), "chain") == [("bibliography/works.bib:16:2", (source("owl"), source("mole")))]


def test_a_person_with_a_year_of_birth_or_death_has_dates(edition: Edition) -> None:
    persons = {
        "content/persons/a.yml": "name: {family: A}\n",
        "content/persons/b.yml": "name: {family: B}\nborn: 1890\n",
    }
    assert of_kind(weigh(edition, persons), "undated-person") == [("content/persons/a.yml:1:1", ())]


@pytest.mark.parametrize(
    ("one", "other", "leaves"),
    [
        ("1–4", "3–9", "fl. 3–4"), ("1–4", "5–9", ""), ("3r", "3v", ""), ("2–3r", "3", "fl. 3"), ("12", "12bis", ""),
        ("12–13", "12bis", "fl. 12"), ("1–2, 8", "8–9", "fl. 8"),
    ],
)  # fmt: skip
def test_documents_overlap_if_they_share_a_side_of_a_leaf(one: str, other: str, leaves: str, edition: Edition) -> None:
    founding = weigh(edition, {"content/sources/a.yml": letter(one), "content/sources/b.yml": letter(other)})
    expected = [("content/sources/a.yml:5:9", (source("a"), source("b"), leaves))] if leaves else []
    assert of_kind(founding, "overlap") == expected


MEETING = "title: M\nkind: talks\ndate: 1901-05-04\n"


@pytest.mark.parametrize(
    ("meeting", "told"),
    [
        ("participants: [{name: Fox, cite: '[@a]'}]\n", True),
        ("summary: A dinner [@a].\n", True),
        ("outcome: A quarrel [@a].\n", True),
        ("account: It was planned [@a].\n", False),  # an account also tells what came before
    ],
)
def test_who_was_there_is_told_by_nothing_older_than_the_meeting(meeting: str, told: bool, edition: Edition) -> None:
    files = {
        "content/meetings/m.yml": MEETING + meeting,
        "content/sources/a.yml": letter(more="date: 1901-05-03\n"),
    }
    found = [about for _, about in of_kind(weigh(edition, files), "time")]
    assert found == ([(source("a"), "3 May 1901", "4 May 1901")] if told else [])


@pytest.mark.parametrize(
    ("date", "kind", "told"),
    [("1901-05-03", "minutes", True), ("1901-05", "minutes", False), ("1901-05-03", "letter", False)],
)
def test_the_minutes_of_a_meeting_are_not_older_than_it(date: str, kind: str, told: bool, edition: Edition) -> None:
    minutes = letter(more=f"date: {date}\nmeetings: [m]\n").replace("letter\n", f"{kind}\n", 1)
    files = {"content/meetings/m.yml": MEETING, "content/sources/a.yml": minutes}
    assert bool(of_kind(weigh(edition, files), "time")) is told


def test_an_office_is_told_by_nothing_older_than_its_first_day(edition: Edition) -> None:
    person = (
        "name: {family: A}\nborn: 1850\naffiliations: [{organisation: o, office: head, from: 1902, cite: '[@a]'}]\n"
    )
    files = {
        "content/persons/a-person.yml": person,
        "content/organisations.yml": "o: {name: O}\n",
        "content/sources/a.yml": letter(more="date: 1901\n"),
    }
    found = of_kind(weigh(edition, files), "time")
    assert [about for _, about in found] == [(source("a"), "1901", "1902")]


def test_a_dispute_is_one_sided_if_all_its_positions_stand_in_one_source(edition: Edition) -> None:
    def positions(other: str) -> str:
        both = f"[{{claim: Yes., cite: '[@mole, 3]'}}, {{claim: No., cite: '[@{other}, 4]'}}]"
        return f"title: E\nkind: press\ndate: 1901\ndisputes:\n- question: Who?\n  positions: {both}\n"

    assert not of_kind(weigh(edition, {"content/events/e.yml": positions("owl")}), "one-sided")
    one_sided = of_kind(weigh(edition, {"content/events/e.yml": positions("mole")}), "one-sided")
    assert one_sided == [("content/events/e.yml:5:3", ("Who?", source("mole")))]


def test_each_kind_has_a_meaning_in_the_terminal_and_phrases_on_pages() -> None:
    assert tuple(MEANINGS) == WEAKNESS_KINDS
    assert all(ENGLISH(f"report.{what}.{kind}") for kind in WEAKNESS_KINDS for what in ("name", "hint"))


def report(root: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["report", "--project", str(root), *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def one_weak_place(edition: Edition) -> Path:
    return edition(
        {
            "mkdocs.yml": "site_name: A\nextra: {dosje: {report: true}}\n",
            "bibliography/works.bib": "@book{mole,\n author = {Mole, Ann},\n title = {Dinners},\n date = {1962}}\n",
            "content/events/e.yml": "title: E\nkind: press\ndate: 1901\naccount: So it was [@mole, 3].\n",
        }
    )


def test_the_report_says_place_record_and_what_to_do(edition: Edition) -> None:
    assert report(one_weak_place(edition)) == (
        "statements: 0 without a source, 1 with one, 0 with more\n"
        "sources, as they were seen: edition 1\n"
        "\n"
        "single-source 1: statements that rest on one source\n"
        "content/events/e.yml:4:10: event:e; So it was.; source:mole\n"
        "  hint: cite a second one that does not depend on the first\n"
    )


def test_the_report_is_the_same_as_data(edition: Edition) -> None:
    assert json.loads(report(one_weak_place(edition), "--no-links", "--format", "json")) == {
        "statements": {"none": 0, "one": 1, "more": 0},
        "seen": {"edition": 1},
        "weaknesses": [
            {
                "kind": "single-source",
                "path": "content/events/e.yml",
                "line": 4,
                "column": 10,
                "record": "event:e",
                "about": ["So it was.", "source:mole"],
                "hint": "cite a second one that does not depend on the first",
            }
        ],
    }


def test_many_places_are_told_as_few_and_one_kind_alone_as_all(edition: Edition) -> None:
    root = edition({f"content/persons/p{n}.yml": f"name: {{family: P{n}}}\n" for n in range(12)})
    assert report(root, "--no-links").splitlines()[3:] == [
        "undated-person 12: persons without dates",
        "content/persons/p0.yml:1:1: person:p0",
        "content/persons/p1.yml:1:1: person:p1",
        "content/persons/p10.yml:1:1: person:p10",
        "and 9 more: dosje report --only undated-person shows all",
        "  hint: born: 1890, died: 1950, or one of them",
    ]
    assert len(report(root, "--only", "undated-person").splitlines()) == 15


def test_a_way_to_be_weak_that_there_is_not_is_wrong_usage(edition: Edition) -> None:
    result = CliRunner().invoke(main, ["report", "--project", str(edition({})), "--only", "sloth"])
    assert (result.exit_code, "known: draft, unsure" in result.stderr) == (2, True)


def test_a_link_that_leads_nowhere_within_the_site_is_in_the_report(edition: Edition) -> None:
    root = edition({"content/pages/p.md": "---\ntitle: P\n---\n\nSee [there](#nowhere).\n"})
    assert "content/pages/p.md:5:13: the page p.md has a link that leads nowhere: #nowhere" in report(root)


def test_the_page_of_the_report_is_made_if_the_edition_wants_it(edition: Edition) -> None:
    checked = check_edition(one_weak_place(edition))
    assert checked.linked is not None
    assert checked.style is not None
    page = PageMaker(checked.linked, checked.style).make_pages(["report.md"])[0]["report.md"]
    assert "Statements without a source: 0; with one: 1; with more: 0." in page
    assert "<code>content/events/e.yml:4:10</code>" in page
    without = with_settings(checked, has_report=False).linked
    assert without is not None
    assert "report.md" not in PageMaker(without, checked.style).paths


@pytest.mark.long
def test_the_cost_of_a_report_grows_with_the_edition_and_not_with_its_square(edition: Edition) -> None:
    def seconds(count: int) -> float:
        sources = {
            f"content/sources/s{n}.yml": letter(f"{n + 1}–{n + 2}").replace("original", "via\nvia: '[@mole, n. 3]'")
            for n in range(count)
        }
        files = {**sources, "content/sources/file.yml": FILE.replace("1–20", f"1–{count + 9}")}
        linked = link(
            edition({"bibliography/works.bib": WORKS, "content/archives.yml": "archive: {name: A}\n", **files})
        )
        started = time.process_time()
        assert len(weigh_founding(linked).of_kind("overlap")) == count - 1
        return time.process_time() - started

    small = seconds(300)
    assert seconds(1200) < 10 * small


def test_a_weakness_is_a_value(edition: Edition) -> None:
    found = weigh(edition, {"content/persons/a.yml": "name: {family: A}\n"}).of_kind("undated-person")
    assert found == (Weakness("undated-person", found[0].span, PageId("person", "a")),)
