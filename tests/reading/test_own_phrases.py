"""An edition words single phrases otherwise, or brings a language."""

from __future__ import annotations

from pathlib import Path

from dosje.reading.settings_file import read_settings


def write(root: Path, locale: str, **files: str) -> Path:
    (root / "mkdocs.yml").write_text(f"site_name: A\nextra: {{dosje: {{locale: {locale}}}}}\n", encoding="utf-8")
    (root / "phrases").mkdir()
    for name, text in files.items():
        (root / "phrases" / f"{name}.yml").write_text(text, encoding="utf-8")
    return root


def test_single_phrases_are_said_as_the_edition_says_them(tmp_path: Path) -> None:
    settings, findings = read_settings(write(tmp_path, "de-AT", de="note.close: Zuklappen\n"))
    assert settings is not None
    assert findings == []
    assert (settings.phrases("note.close"), settings.phrases("copy.button")) == ("Zuklappen", "Kopieren")


def test_an_edition_brings_a_language_and_what_it_lacks_is_counted(tmp_path: Path) -> None:
    settings, findings = read_settings(
        write(tmp_path, "sv", sv='count.persons: {one: "{n} figur", other: "{n} figurer"}\n')
    )
    assert settings is not None
    assert settings.phrases("count.persons", n=2) == "2 figurer"
    assert [finding.code for finding in findings] == ["missing-phrases"]
    assert "count.persons" not in settings.phrases.borrowed
    assert "copy.button" in settings.phrases.borrowed
