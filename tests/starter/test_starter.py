"""The starter: complete in each language, without a finding, invented throughout, written whole or not at all."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from dosje.checking.edition import check_edition
from dosje.cli import main
from dosje.reading.settings_file import read_settings
from dosje.starter.filling import fill_skeleton, keys_in
from dosje.starter.starter import StarterError, languages_of_starter, make_starter, read_words, write_starter

LANGUAGES = languages_of_starter()
# What the program fills in itself.
OURS = {"version"}


def init(folder: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["init", str(folder), *more])


def written(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def skeletons() -> dict[str, str]:
    folder = Path(str(files("dosje.starter"))) / "files"
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def marks_of(text: str) -> list[str]:
    """Return what a translation must leave as it is: citations, keys of links, notes, addresses, code."""
    found = re.findall(r"\[@[^\]]*\]|\]\([a-z]+:[^)]*\)|\[\^\w+\]:?|https?://[\w./:-]+|`[^`]*`", text)
    return sorted(re.sub(r"fol\. ", "", mark) for mark in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_no_finding(tmp_path: Path, language: str) -> None:
    assert init(tmp_path / "a", "--language", language).exit_code == 0
    assert [str(finding) for finding in check_edition(tmp_path / "a").findings] == []


def test_it_has_what_an_edition_can_have() -> None:
    made = list(make_starter())
    kinds = ("meetings", "persons", "sources", "essays", "pages")
    records = {kind: sum(fnmatchcase(path, f"content/{kind}/*") for path in made) for kind in kinds}
    assert records == {"meetings": 2, "persons": 3, "sources": 4, "essays": 1, "pages": 6}
    assert {"mkdocs.yml", "README.md", "LICENSE.md", ".gitignore", ".gitlab-ci.yml", "requirements.txt"} <= {*made}
    assert {".github/workflows/publish.yml", ".vscode/settings.json", ".vscode/extensions.json"} <= {*made}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_is_asked_for_and_each_that_is_asked_for_is_there(language: str) -> None:
    asked = {key for text in skeletons().values() for key in keys_in(text)} - OURS
    assert sorted(read_words(language)) == sorted(asked)
    assert [key for key, text in read_words(language).items() if not text.strip()] == []


def test_all_languages_have_the_keys_of_english_in_its_order() -> None:
    english = list(read_words("en"))
    assert {language: list(read_words(language)) for language in LANGUAGES} == dict.fromkeys(LANGUAGES, english)


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {"en"}))
def test_a_translation_leaves_citations_links_and_code_as_they_are(language: str) -> None:
    words, english = read_words(language), read_words("en")
    wrong = {key: text for key, text in words.items() if marks_of(text) != marks_of(english[key])}
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_leaves_nothing_in_english(language: str) -> None:
    words, english = read_words(language), read_words("en")
    long = {key for key in english if len(english[key].split()) > 3}
    same = {key for key in long if words[key] == english[key]}
    assert same == (long if language == "en" else set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_it_could_be_taken_for_something_real(language: str) -> None:
    texts = {path: raw.decode() for path, raw in make_starter(language).items() if not path.startswith("schemas/")}
    allowed = {"example.org", "127.0.0.1:8000", "creativecommons.org"}
    for path, text in texts.items():
        assert {*re.findall(r"https?://([\w.:-]+)", text)} <= allowed, path
        assert re.findall(r"(?i)\bdoi\b|\bisbn\b|orcid|wikidata|viaf|coordinates: \"", text) in ([], ['coordinates: "'])
        assert re.findall(r"[\w.]+@[\w-]+\.[a-z]+\b", text) == [], path
    assert "given:" not in "".join(text for path, text in texts.items() if path == "content/persons/stork.yml")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_on_its_first_page_and_in_its_readme_that_it_is_invented(language: str) -> None:
    words = read_words(language)
    assert all(re.search(r"\*\*[^*]{10,}\*\*", words[key]) for key in ("home.text", "readme.text"))
    assert "invented" in read_words("en")["home.text"] and "invented" in read_words("en")["readme.text"]


def test_the_settings_of_the_editor_name_schemas_that_lie_in_the_edition_and_files_that_are_there() -> None:
    made = make_starter()
    settings = json.loads(made[".vscode/settings.json"])
    assert settings["yaml.schemaStore.enable"] is False
    for schema, pattern in settings["yaml.schemas"].items():
        assert json.loads(made[schema.removeprefix("./")])["type"] == "object"
        is_there = any(fnmatchcase(path, pattern.replace("/**/", "/")) for path in made)
        # The teaching file has no events, and needs no words of its own.
        assert is_there or pattern.startswith(("content/events/", "content/vocabulary.yml"))
    assert all("yaml-language-server" not in raw.decode() for raw in made.values())


def test_a_title_and_a_language_with_a_region_stand_in_its_settings(tmp_path: Path) -> None:
    assert init(tmp_path, "--language", "en-US", "--title", 'Talks: "A" & [B] # 1').exit_code == 0
    settings, findings = read_settings(tmp_path)
    assert settings is not None and findings == []
    assert (settings.site_name, settings.locale) == ('Talks: "A" & [B] # 1', "en-US")


def test_a_language_in_which_it_is_not_written_ends_with_those_that_there_are(tmp_path: Path) -> None:
    result = init(tmp_path / "a", "--language", "tlh")
    known = ", ".join(LANGUAGES)
    assert (result.exit_code, result.output) == (2, f'Error: the starter is not written in "tlh"; it is in {known}\n')
    assert not (tmp_path / "a").exists()


def test_it_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    result = init(tmp_path)
    message = f"{tmp_path} is not empty, it has notes.txt; nothing is overwritten: name another folder"
    assert (result.exit_code, result.output) == (2, f"Error: {message}\n")
    assert written(tmp_path) == {"notes.txt": b"mine"}


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    result = init(tmp_path / "a")
    message = f"{tmp_path / 'a'} is a file; name a folder that is not there yet, or is empty"
    assert (result.exit_code, result.output) == (2, f"Error: {message}\n")


def test_it_begins_in_a_folder_that_has_only_a_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert init(tmp_path).exit_code == 0
    assert init(tmp_path).exit_code == 2


@pytest.mark.parametrize("number", [0, 1, 20])
def test_if_writing_fails_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    real, left = Path.write_bytes, [number]

    def write(path: Path, raw: bytes) -> int:
        if left[0] == 0:
            raise OSError(28, "No space left on device", str(path))
        left[0] -= 1
        return real(path, raw)

    monkeypatch.setattr(Path, "write_bytes", write)
    result = init(tmp_path / "new" / "edition")
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_the_same_words_make_the_same_bytes() -> None:
    assert make_starter("en") == make_starter("en")


def test_each_file_ends_its_lines_alike_and_holds_no_mark() -> None:
    for path, raw in make_starter().items():
        assert b"\r" not in raw and raw.endswith(b"\n") and "«" not in raw.decode(), path


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1))
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    expected = " ".join(text.split())
    made = fill_skeleton("a: «word»\nb: {c: «word», d: [«word», e]}\n", {"word": text}, comment="#", is_yaml=True)
    assert yaml.load(made, yaml.BaseLoader) == {"a": expected, "b": {"c": expected, "d": [expected, "e"]}}


@given(st.text())
def test_no_text_leaves_its_comment(text: str) -> None:
    made = fill_skeleton("  # «word»\na: b\n", {"word": text}, comment="#", is_yaml=True)
    assert all(line.startswith("  #") or line in ("a: b", "") for line in made.split("\n"))


def test_a_comment_is_wrapped_and_an_empty_line_parts_its_paragraphs() -> None:
    made = fill_skeleton("  # «word»\n", {"word": f"{'one ' * 30}\n\ntwo"}, comment="#", is_yaml=True)
    assert made == f"  # {'one ' * 23}one\n  # {'one ' * 5}one\n  #\n  # two\n"


def test_a_word_without_a_text_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        fill_skeleton("«word»\n", {}, comment="", is_yaml=False)


def test_words_may_be_those_of_a_region() -> None:
    assert read_words("en_AU")["locale"] == "en-AU"
    assert read_words("EN")["locale"] == "en-GB"
    with pytest.raises(StarterError):
        read_words("")


def test_write_starter_keeps_what_was_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / ".venv").mkdir()
    write_starter(tmp_path, {"a/b.txt": b"c"})
    assert written(tmp_path) == {"a/b.txt": b"c"}
