"""A key becomes another, everywhere and wholly: and back, to the very bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from conftest import MINI, Edition
from dosje.checking.edition import check_edition
from dosje.cli import main
from dosje.editing.bib_places import add_former_key, entries_of, remove_former_key
from dosje.editing.renaming import plan_renaming
from dosje.reading.bibliography import read_bib
from dosje.reading.record_files import read_corpus
from dosje.reading.settings_file import read_settings
from dosje.reading.text_parsing import parse_text
from dosje.reading.texts import Link
from dosje.reading.yaml_edits import add_to_list, remove_from_list
from dosje.reading.yamltree import read_yaml
from dosje.stages import Listeners, rename_key
from dosje.starter.starter import make_starter
from dosje.values.page_id import PageId

# Every place in which a key may stand, and what looks like one.
FILES = {
    "mkdocs.yml": """\
site_name: A   # fox
nav:
  - Home: index.md
  - {Fox: persons/fox.md}
  - 'persons/fox.md'
  - Other: persons/foxes.md
""",
    "content/persons/fox.yml": """\
# fox, the person
name: {family: Fox}   # not the key: fox
biography: |   # fox
  Of the fox [@a-letter].

  And [again](person:fox "fox") [@a-letter].
""",
    "content/persons/foxes.yml": "name: {family: Foxes}\nbiography: '[Fox](person:fox), it''s said [@a-letter].'\n",
    "content/sources/a-letter.yml": """\
type: letter
title: "fox: to foxes"
author: "fox"
recipient: [foxes, 'fox', A fox]
date: 1960   # of fox
seen: original
description: "Of\\tfox; [Fox](person:fox), and\\
  [fox](person:fox) [@a-letter]."
""",
    "content/meetings/one.yml": """\
title: One
kind: talks
date: 1960
participants:
  - {person: fox, cite: "[@a-letter]"}
  - person: foxes
    cite: '[@a-letter]'
account: >
  Here [Fox](person:fox)
  sat with [foxes](person:foxes),
  see [n](note:fox/a-letter) [@a-letter].
""",
    "content/essays/tale.md": """\
---
title: fox
---
A [fox](person:fox "fox") and `[fox](person:fox)`, [here](../persons/fox.md#notes), [there](../persons/foxes.md),
and [a note](note:fox/a-letter_of-the-fox) [@a-letter].

    [fox](person:fox)
""",
    "addresses.txt": "persons/fox/ | Fox\nessays/old/ -> persons/fox/\n",
}


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--project", str(root)])


def files_in(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file() and ".build" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def texts_in(root: Path) -> dict[str, str]:
    return {path: raw.decode() for path, raw in files_in(root).items()}


def findings_in(root: Path) -> list[str]:
    return [f"{finding.code}: {finding.message}" for finding in check_edition(root).findings]


def test_a_key_is_changed_wherever_it_is_one_and_nowhere_else(edition: Edition) -> None:
    root = edition(FILES)
    before = findings_in(root)
    result = run(root, "rename", "fox", "vulpes")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "content/persons/fox.yml is content/persons/vulpes.yml\nfox is vulpes: 14 mentions, 6 files\n"
    )
    assert texts_in(root) == {
        "mkdocs.yml": """\
site_name: A   # fox
nav:
  - Home: index.md
  - {Fox: persons/vulpes.md}
  - 'persons/vulpes.md'
  - Other: persons/foxes.md
""",
        "content/persons/vulpes.yml": """\
# fox, the person
name: {family: Fox}   # not the key: fox
biography: |   # fox
  Of the fox [@a-letter].

  And [again](person:vulpes "fox") [@a-letter].
formerly: [fox]
""",
        "content/persons/foxes.yml": (
            "name: {family: Foxes}\nbiography: '[Fox](person:vulpes), it''s said [@a-letter].'\n"
        ),
        "content/sources/a-letter.yml": """\
type: letter
title: "fox: to foxes"
author: "vulpes"
recipient: [foxes, 'vulpes', A fox]
date: 1960   # of fox
seen: original
description: "Of\\tfox; [Fox](person:vulpes), and\\
  [fox](person:vulpes) [@a-letter]."
""",
        "content/meetings/one.yml": """\
title: One
kind: talks
date: 1960
participants:
  - {person: vulpes, cite: "[@a-letter]"}
  - person: foxes
    cite: '[@a-letter]'
account: >
  Here [Fox](person:vulpes)
  sat with [foxes](person:foxes),
  see [n](note:vulpes/a-letter) [@a-letter].
""",
        "content/essays/tale.md": """\
---
title: fox
---
A [fox](person:vulpes "fox") and `[fox](person:fox)`, [here](../persons/vulpes.md#notes), [there](../persons/foxes.md),
and [a note](note:vulpes/a-letter_of-the-fox) [@a-letter].

    [fox](person:fox)
""",
        "addresses.txt": "persons/fox/ | Fox\nessays/old/ -> persons/fox/\n",
    }
    assert [finding.replace("vulpes", "fox") for finding in findings_in(root)] == before
    assert run(root, "rename", "vulpes", "fox").exit_code == 0
    assert texts_in(root) == FILES


def keys_of(root: Path) -> list[str]:
    settings, _ = read_settings(root)
    assert settings is not None
    corpus, _ = read_corpus(settings)
    pages = [record.page for record in corpus.records() if record.key != "index"]
    return [f"{page.kind}:{page.key}" for page in pages] + [f"source:{key}" for key in corpus.works]


def every_file_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("given_files", [every_file_of(MINI), make_starter("en")], ids=["mini", "starter"])
def test_every_key_is_changed_without_a_finding_and_back_to_the_very_bytes(
    edition: Edition, given_files: Mapping[str, bytes]
) -> None:
    root = edition(given_files)
    before, codes = files_in(root), findings_in(root)
    for name in keys_of(root):
        kind, key = name.split(":")
        rename_key(root, name, "zz-new", Listeners())
        assert [finding.replace("zz-new", key) for finding in findings_in(root)] == codes, name
        left = re.compile(rf"(?:@|{kind}:){re.escape(key)}(?![\w-])")
        texts = [text for path, text in texts_in(root).items() if path.startswith(("content/", "bibliography/"))]
        # Comments and code may say it.
        assert [text for text in texts if left.search(re.sub(r"(?ms)^ *#.*?$|^```.*?^```", "", text))] == [], name
        rename_key(root, f"{kind}:zz-new", key, Listeners())
        assert files_in(root) == before, name


def test_each_key_that_a_record_had_stands_in_formerly_the_oldest_first(edition: Edition) -> None:
    root = edition({"content/persons/a.yml": "name: {family: A}\n"})
    for old, new in (("a", "b"), ("b", "c"), ("c", "d"), ("d", "c")):
        assert run(root, "rename", old, new).exit_code == 0
    assert texts_in(root)["content/persons/c.yml"] == "name: {family: A}\nformerly: [a, b, d]\n"
    assert run(root, "rename", "c", "a").exit_code == 0
    assert texts_in(root)["content/persons/a.yml"] == "name: {family: A}\n"


def test_a_record_that_gets_its_oldest_key_again_is_found_at_every_address_that_was_published(edition: Edition) -> None:
    root = edition({
        "content/persons/b.yml": "name: {family: A}\nformerly: [a]\n",
        "addresses.txt": "# of this edition\npersons/a/ | A\npersons/b/ | A\n",
    })  # fmt: skip
    assert run(root, "rename", "b", "a").exit_code == 0
    assert texts_in(root)["addresses.txt"] == "# of this edition\npersons/a/ | A\npersons/b/ -> persons/a/ | A\n"
    assert [finding for finding in findings_in(root) if "lost-address" in finding] == []
    # It may have it again.
    assert run(root, "rename", "a", "b").exit_code == 2


def test_the_address_of_the_concordance_of_a_work_leads_to_the_new_one(edition: Edition) -> None:
    root = edition({
        "mkdocs.yml": "site_name: A\nextra:\n  dosje:\n    concordance: {smith: 1}\n",
        "bibliography/a.bib": "@book{smith, author = {Smith, A.}, title = {T}, date = {1999}}\n",
        "content/essays/a.md": "---\ntitle: A\n---\nSaid [@smith, n. 1].\n",
        "addresses.txt": "concordance/smith/ | T\n",
    })  # fmt: skip
    assert findings_in(root) == []
    refused = run(root, "rename", "smith", "Smith 2")
    message = 'Error: "Smith 2" cannot be a key of a work: letters, digits, and : . _ - between them\n'
    assert (refused.exit_code, refused.output) == (2, message)
    assert run(root, "rename", "smith", "Smith?").exit_code == 2  # a citation would need braces
    assert run(root, "rename", "smith", "smith-1999").exit_code == 0
    texts = texts_in(root)
    assert "concordance: {smith-1999: 1}" in texts["mkdocs.yml"]
    assert texts["addresses.txt"] == "concordance/smith/ -> concordance/smith-1999/ | T\n"
    assert findings_in(root) == []
    assert run(root, "rename", "smith-1999", "smith").exit_code == 0
    assert texts_in(root)["addresses.txt"] == "concordance/smith/ | T\n"


def test_the_key_of_a_work_is_changed_in_the_fields_of_other_works(edition: Edition) -> None:
    root = edition({
        "bibliography/a.bib": """\
% smith
@book{smith,
  author     = {Smith, A.},
  title      = {On smith},
  variants   = {On smyth [@smith, 1]},
  annotation = {Of [it](source:smith) [@smith,
    12].},
}
@incollection{b, author = {B, B.}, title = {B}, crossref = {smith}, xref = "smith", date = 1999}
@book{smithson, author = {C, C.}, title = {C}, related = {b, smith}, date = {1999}, seen = {via}, via = {[@smith, 3]}}
""",
        "content/essays/a.md": "---\ntitle: A\n---\nSaid [@smith; @b; see @smithson].\n",
    })  # fmt: skip
    before = texts_in(root)
    assert run(root, "rename", "smith", "Smith2010").exit_code == 0
    assert (
        texts_in(root)["bibliography/a.bib"]
        == """\
% smith
@book{Smith2010,
  formerly   = {smith},
  author     = {Smith, A.},
  title      = {On smith},
  variants   = {On smyth [@Smith2010, 1]},
  annotation = {Of [it](source:Smith2010) [@Smith2010,
    12].},
}
@incollection{b, author = {B, B.}, title = {B}, crossref = {Smith2010}, xref = "Smith2010", date = 1999}
@book{smithson, author = {C, C.}, title = {C}, related = {b, Smith2010}, date = {1999}, seen = {via}, \
via = {[@Smith2010, 3]}}
"""
    )
    assert texts_in(root)["content/essays/a.md"] == "---\ntitle: A\n---\nSaid [@Smith2010; @b; see @smithson].\n"
    assert run(root, "rename", "Smith2010", "smith").exit_code == 0
    assert texts_in(root) == before


KINDS = "meeting, event, person, source, place, organisation, archive, essay, page"
ERRORS = [
    (["nobody", "b"], f'Error: no record has the key "nobody"; a kind is one of {KINDS}\n'),
    (["persn:a", "b"], f'Error: no record has the key "persn:a"; a kind is one of {KINDS}\n'),
    (["aa", "b"], 'Error: no record has the key "aa"; did you mean "a"?\n'),
    (["two", "b"], 'Error: "two" is the key of 2 records: write place:two or organisation:two\n'),
    (["a", "A b"], 'Error: "A b" cannot be a key: only a-z, 0-9 and hyphens; "a-b" could\n'),
    (["a", "con"], 'Error: no file can be called "con" on Windows; "con-1960" could be a key\n'),
    (["a", "index"], 'Error: "index" is the name of a page that the site has of its own\n'),
    (["a", "b"], 'Error: "b" is the key of a person\n'),
    (["a", "m"], 'Error: "m" is the key of a meeting\n'),
    (["a", "a"], 'Error: "a" is already the key of a person\n'),
    (["a", "was-b"], 'Error: "was-b" was the key of "b", and its address leads there\n'),
    (["a", "gone"], 'Error: "gone" was the key of another person: its address is in addresses.txt, '
     "and addresses are for ever\n"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "message"), ERRORS)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    edition: Edition, arguments: list[str], message: str
) -> None:
    root = edition({
        "content/persons/a.yml": "name: {family: A}\n",
        "content/persons/b.yml": "name: {family: B}\nformerly: [was-b]\n",
        "content/meetings/m.yml": "title: M\nkind: talks\ndate: 1960\n",
        "content/places.yml": "two: {name: Two}\n", "content/organisations.yml": "two: {name: Two}\n",
        "addresses.txt": "persons/gone/ gone 1960\n",
    })  # fmt: skip
    before = files_in(root)
    result = run(root, "rename", *arguments)
    assert (result.exit_code, result.output) == (2, message)
    assert files_in(root) == before


@pytest.mark.parametrize("text", ["name: {family: [B}\n", "name: {family: B}\nbiography: '[x](person: a) [@].'\n"])
def test_an_edition_in_which_the_key_may_stand_unread_is_refused_with_its_findings(edition: Edition, text: str) -> None:
    root = edition({"content/persons/a.yml": "name: {family: A}\n", "content/persons/b.yml": text})
    before = files_in(root)
    result = run(root, "rename", "a", "c")
    assert result.exit_code == 1 and "content/persons/b.yml:" in result.stderr
    assert files_in(root) == before


def test_a_mark_and_the_ends_of_lines_of_windows_stay(edition: Edition) -> None:
    root = edition({
        "content/persons/a.yml": b"\xef\xbb\xbfname: {family: A}\r\nborn: 1900\r\n",
        "content/essays/e.md": b"---\r\ntitle: E\r\n---\r\n[A](person:a)\r\n",
    })  # fmt: skip
    before = files_in(root)
    rename_key(root, "a", "b", Listeners())
    after = files_in(root)
    assert after["content/persons/b.yml"] == b"\xef\xbb\xbfname: {family: A}\r\nborn: 1900\r\nformerly: [a]\r\n"
    assert after["content/essays/e.md"] == b"---\r\ntitle: E\r\n---\r\n[A](person:b)\r\n"
    rename_key(root, "e", "f", Listeners())
    assert files_in(root)["content/essays/f.md"] == b"---\r\ntitle: E\r\nformerly: [e]\r\n---\r\n[A](person:b)\r\n"
    rename_key(root, "f", "e", Listeners())
    rename_key(root, "b", "a", Listeners())
    assert files_in(root) == before


def test_if_a_file_cannot_be_written_none_has_changed(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    root = edition(FILES)
    before = files_in(root)
    real = Path.write_bytes

    def write(path: Path, raw: bytes) -> int:
        if b"Here [Fox]" in raw:
            raise OSError(28, "No space left on device", str(path))
        return real(path, raw)

    monkeypatch.setattr(Path, "write_bytes", write)
    assert run(root, "rename", "fox", "vulpes").exit_code == 2
    assert files_in(root) == before


KEYS = st.from_regex(r"[a-z]{1,3}(-[a-z0-9]{1,2})?", fullmatch=True).filter(lambda key: key not in ("y", "n", "no"))
YAML_LISTS = [
    "a: 1\n", "a: 1", "{a: 1}\n", "{ a: 1,\n  b: 2 }\n", "# c\na: |\n  text\n\n  more\n", "a: >+\n  text\n\n\n",
    "a: 1\nformerly: [x]\n", "a: 1\nformerly: [x, y]  # c\nb: 2\n", "formerly:\n  - x\n  - y # c\n\n# d\nb: 2\n",
    "formerly:\n- x\nb: 2", "{formerly: [x], a: 1}", "a: 1 # c",
]  # fmt: skip


@given(st.sampled_from(YAML_LISTS), KEYS.filter(lambda key: key not in ("x", "y")))
def test_what_is_added_to_a_list_and_taken_out_again_leaves_the_text_as_it_was(text: str, key: str) -> None:
    path = ("formerly",)
    before, _ = read_yaml(text, "")
    added = add_to_list(text, path, key)
    located, findings = read_yaml(added, "")
    assert located is not None and before is not None and findings == []
    assert located.value == {**before.value, "formerly": [*before.value.get("formerly", []), key]}
    assert remove_from_list(added, path, key) == text


@given(st.sampled_from(YAML_LISTS), st.sampled_from(["x", "y", "z"]))
def test_what_is_taken_out_of_a_list_is_no_longer_in_it_and_the_rest_stays(text: str, key: str) -> None:
    before, _ = read_yaml(text, "")
    assert before is not None
    left = [one for one in before.value.get("formerly", []) if one != key]
    rest = {name: value for name, value in before.value.items() if name != "formerly"}
    after, findings = read_yaml(remove_from_list(text, ("formerly",), key), "")
    expected = {**rest, "formerly": left} if left else rest
    assert findings == [] and ((after.value or {}) if after else {}) == expected


SPACES = st.sampled_from(["", " ", "\n  ", "\n\n\t"])
VALUES = st.sampled_from(["{a}", '"a"', "{a {b} \\} c}", '"a {"} b"', "1999", "a # {b}", "{}"])


@given(st.lists(st.tuples(SPACES, SPACES, VALUES, SPACES), min_size=1, max_size=4), KEYS)
def test_a_former_key_comes_into_an_entry_of_any_form_and_goes_again(
    fields: list[tuple[str, str, str, str]], key: str
) -> None:
    body = ",".join(f"{a}f{number}{b}={c}{d}" for number, (a, b, c, d) in enumerate(fields))
    text = f"@book{{one, title = {{T}},{body}}}\n@book{{two, title = {{one}}}}\n"
    entry = next(entries_of(read_bib(text, "a.bib")[0]))
    added = add_former_key(text, entry, key)
    bib, findings = read_bib(added, "a.bib")
    assert findings == [] and bib.works[0].former_keys == (key,)
    assert remove_former_key(added, next(entries_of(bib)), key) == text


def write_as(style: str, text: str) -> str:
    """Return a value in YAML, written in a style; lines of more than twenty signs are folded."""
    signs = {"plain": None, "single": "'", "double": '"', "literal": "|", "folded": ">"}
    return yaml.dump({"biography": text}, default_style=signs[style], allow_unicode=True, width=20)


PIECES = [
    "aa",
    "a",
    "aaa",
    " ",
    ".",
    "it's",
    'say "a"',
    "[x](person:aa)",
    "[@aa]",
    "[y](person:aaa)",
    "\n",
    "é",
    "😀",
    "#",
]


@given(st.sampled_from(["plain", "single", "double", "literal", "folded"]), st.lists(st.sampled_from(PIECES)))
def test_a_key_is_found_in_values_of_every_style(style: str, words: list[str]) -> None:
    text = "".join(words).strip() or "a"
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "content/persons").mkdir(parents=True)
        (root / "mkdocs.yml").write_text("site_name: A\n")
        source = f"name: {{family: A}}\n{write_as(style, text)}"
        (root / "content/persons/aa.yml").write_text(source)
        settings, _ = read_settings(root)
        assert settings is not None
        corpus, findings = read_corpus(settings)
        assert findings == []
        plan = plan_renaming(corpus, PageId("person", "aa"), "nn")
        located, _ = read_yaml(plan.texts["content/persons/aa.yml"], "")
        assert located is not None
        read = corpus.persons["aa"].model.biography
        links = parse_text(read)
        places = [piece.offset for block in links.blocks for piece in block.pieces if isinstance(piece, Link)]
        places = [at for at in places if read.startswith("aa)", at)]
        expected = "".join("n" if at in places or at - 1 in places else sign for at, sign in enumerate(read))
        assert located.value["biography"] == expected
        assert located.value["formerly"] == ["aa"]
