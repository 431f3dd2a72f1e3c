"""A new record is a skeleton from the models: each field of it can be used, and nothing that was there has changed."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from conftest import Edition
from dosje.checking.edition import check_edition
from dosje.cli import main
from dosje.reading.kinds import KINDS
from dosje.reading.schemas import make_schemas
from foreign import link_edition


def new(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", *arguments, "--project", str(root)])


def findings_in(root: Path) -> list[str]:
    return [f"{finding.code}: {finding.message}" for finding in check_edition(root).findings]


def schema_of(kind: str) -> dict[str, dict[str, dict[str, object]]]:
    row = KINDS[kind]
    name = row.plural if row.kept_in == "list" else row.template_name
    schema = json.loads(make_schemas()[f"{name}.json"])
    found: dict[str, dict[str, dict[str, object]]] = (
        next(one for one in schema["$defs"].values() if one["title"].lower() == kind)
        if row.kept_in == "list" else schema
    )  # fmt: skip
    return found


def used(skeleton: str) -> str:
    """Return a skeleton with the sign taken away from each optional field."""
    lines, is_field = [], False
    for line in skeleton.split("\n"):
        if re.match(r" *# [a-z_]+:( |$)", line):
            is_field = True
        elif not line.strip().startswith("#") or (is_field and re.match(r" *# [A-Z]", line)):
            is_field = False
        lines.append(re.sub(r"^( *)# ?", r"\1", line) if is_field else line)
    return "\n".join(lines)


@pytest.mark.parametrize("kind", KINDS)
def test_the_check_names_the_fields_that_are_to_be_filled_in_and_nothing_else(edition: Edition, kind: str) -> None:
    root = edition({})
    result = new(root, kind, "a-key")
    row = KINDS[kind]
    own = f"content/{row.path_in_content}{'' if row.kept_in == 'list' else f'/a-key{row.ending}'}"
    assert (result.exit_code, result.stdout) == (0, f"{own}\n")
    required = list(schema_of(kind).get("required", ()))
    assert result.stderr == f"fill in: {', '.join(required)}\n"
    # The name of a person has parts, and none of them must be there.
    blank = [name for name in required if (kind, name) != ("person", "name")]
    article = "an" if kind[0] in "aeo" else "a"
    expected = [f'missing-field: {article} {kind} needs "{name}" here' for name in blank]
    assert [text for text in findings_in(root) if "unused-record" not in text] == expected


@pytest.mark.parametrize("kind", KINDS)
def test_each_field_is_there_with_an_example_that_can_be_used(edition: Edition, kind: str) -> None:
    root = edition({})
    path = root / new(root, kind, "a-key").stdout.strip()
    text = used(path.read_text())
    schema = schema_of(kind)
    for name in schema.get("required", ()):
        field = schema["properties"][str(name)]
        example = field.get("examples", [None])
        assert isinstance(example, list)
        if not isinstance(example[0], dict):
            text = re.sub(rf"(?m)^( *{name}:)$", rf"\1 {json.dumps(example[0])}", text, count=1)
    path.write_text(text)
    front = text.split("---\n")[1] if kind in ("essay", "page") else text
    values = yaml.load(front, yaml.BaseLoader)
    values = values["a-key"] if KINDS[kind].kept_in == "list" else values
    assert sorted(values) == sorted({*schema["properties"]} - {"formerly", "english"})
    # The examples name records of another edition.
    shapes = ("missing-field", "unknown-field", "wrong-type", "yaml-", "bad-date", "bad-folios", "bad-language")
    assert [finding for finding in findings_in(root) if finding.startswith(shapes)] == []


def test_words_of_which_a_field_takes_one_are_named(edition: Edition) -> None:
    root = edition({})
    assert new(root, "source", "a").exit_code == 0
    text = " ".join((root / "content/sources/a.yml").read_text().replace("# ", "").split())
    assert "One of: original, scan, edition, via, unknown." in text


LISTS = [
    "", "# only this\n", "tirana: {name: Tirana} # c\n\n# the last words", "a:\n  name: A\n",
    "a:\n  name: A\n  description: |+\n    Text\n\n\n", "a: {name: A}\n\n\n", "a:\n  name: A\n  # formerly: [x]\n",
    "\n", "a: {name: 'A'}\nb: {\n  name: B }\n",
]  # fmt: skip


@pytest.mark.parametrize("text", LISTS)
def test_a_list_keeps_every_byte_and_has_the_entry_at_its_end(edition: Edition, text: str) -> None:
    root = edition({"content/places.yml": text})
    before = yaml.load(text, yaml.BaseLoader) or {}
    assert new(root, "place", "new-place").exit_code == 0
    after = (root / "content/places.yml").read_text()
    assert after.startswith(text)
    values = yaml.load(after, yaml.BaseLoader)
    assert values.pop("new-place") == {"name": ""}
    assert values == before


@pytest.mark.parametrize("text", ["{a: {name: A}}\n", "- a\n", "a: [\n", "word\n", "a: {name: A}\n...\n"])
def test_a_list_that_cannot_be_continued_is_left_as_it_is(edition: Edition, text: str) -> None:
    root = edition({"content/places.yml": text})
    result = new(root, "place", "b")
    assert (result.exit_code, result.stdout) == (2, "") and "content/places.yml" in result.stderr
    assert (root / "content/places.yml").read_text() == text


def test_a_list_keeps_the_ends_of_lines_of_windows(edition: Edition) -> None:
    root = edition({"content/places.yml": b"\xef\xbb\xbfa: {name: A}\r\n"})
    assert new(root, "place", "b").exit_code == 0
    raw = (root / "content/places.yml").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfa: {name: A}\r\n\r\nb:\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")


ERRORS = [
    (["persn", "b"], 'Error: no kind of record is called "persn"; did you mean "person"?\n'),
    (["ship", "b"], f'Error: no kind of record is called "ship"; a kind is one of {", ".join(KINDS)}\n'),
    (["book", "b"], 'Error: no kind of record is called "book"; published works stand in bibliography/*.bib\n'),
    (["person", "Ana Çela"], 'Error: "Ana Çela" cannot be a key: only a-z, 0-9 and hyphens; "ana-cela" could\n'),
    (["person", "a"], 'Error: "a" is already the key of a person\n'),
    (["meeting", "a"], 'Error: "a" is the key of a person\n'),
    (["person", "broken"], "Error: content/persons/broken.yml is there already; nothing is overwritten\n"),
    (["page", "chronology"], 'Error: "chronology" is the name of a page that the site has of its own\n'),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), ERRORS)
def test_what_cannot_be_added_is_said_and_nothing_is_written(
    edition: Edition, arguments: list[str], message: str
) -> None:
    root = edition({"content/persons/a.yml": "name: {family: A}\n", "content/persons/broken.yml": "name: [\n"})
    before = sorted(path.relative_to(root).as_posix() for path in (root / "content").rglob("*"))
    result = new(root, *arguments)
    assert (result.exit_code, result.output) == (2, message)
    assert sorted(path.relative_to(root).as_posix() for path in (root / "content").rglob("*")) == before


def test_an_archive_is_asked_for_its_english_name_only_by_an_edition_in_another_language(
    edition: Edition,
) -> None:
    german = edition({"mkdocs.yml": "site_name: A\nextra: {dosje: {locale: de}}\n"})
    assert new(german, "archive", "a").exit_code == 0
    assert "# english:" in (german / "content/archives.yml").read_text(encoding="utf-8")
    english = edition({"mkdocs.yml": "site_name: A\nextra: {dosje: {locale: en-GB}}\n"})
    (english / "content/archives.yml").unlink(missing_ok=True)
    assert new(english, "archive", "a").exit_code == 0
    assert "# english:" not in (english / "content/archives.yml").read_text(encoding="utf-8")


def test_a_footnote_is_drafted_in_its_unit_and_found_the_second_time(tmp_path: Path) -> None:
    root = link_edition(tmp_path).corpus.settings.root
    footnote = "Dove to Kapo, 3 May 1963, TNA, FO 371/15, fol. 77."
    made = new(root, "source", "--from", footnote, "--seen", "scan")
    path = "content/sources/dove-kapo-1963-05-03.yml"
    assert (made.exit_code, made.stdout) == (0, f"{path}: dove-kapo-1963-05-03\n")
    assert "cite it so: [@dove-kapo-1963-05-03, fl. 77]\n" in made.stderr
    assert "drafted with it: content/persons/kapo.yml\n" in made.stderr
    assert yaml.safe_load((root / path).read_text(encoding="utf-8")) == {
        "type": "letter",
        "title": "Dove to Kapo",
        "author": "henry-dove",
        "recipient": "kapo",
        "date": datetime.date(1963, 5, 3),
        "part_of": "fo-371-15",
        "folios": "77",
        "seen": "scan",
        "draft": True,
    }
    before = {file: file.read_bytes() for file in root.rglob("content/**/*.yml")}
    again = new(root, "source", "--from", footnote)
    assert (again.exit_code, again.stdout) == (0, f"{path}: dove-kapo-1963-05-03\n")
    assert {file: file.read_bytes() for file in root.rglob("content/**/*.yml")} == before


def test_a_footnote_that_cites_nothing_is_no_draft(tmp_path: Path) -> None:
    root = link_edition(tmp_path).corpus.settings.root
    made = new(root, "source", "--from", "He was never asked again.")
    assert made.exit_code == 2
    assert "nothing in it could be filed" in made.stderr
    assert new(root, "person", "x", "--from", "Dove, p. 3").exit_code == 2
    assert new(root, "source").exit_code == 2
