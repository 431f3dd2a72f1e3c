"""The documents: their links lead somewhere, each is reached, and each decision is in the index and has its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from conftest import PROJECT

DECISIONS = PROJECT / "docs" / "decisions"
PACKAGE = PROJECT / "scripts" / "dosje"
# Pages of the manual that are made of the program when it is built; strict MkDocs checks links to them.
MADE = re.compile(r"(?:\.\./)*reference/[a-z]+\.md(?:#.*)?")
PARTS = ["Context", "Options", "Choice", "Consequence"]


def find_documents(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.md"), *(folder / "docs").rglob("*.md")])


def without_code(text: str) -> str:
    """Return `text` without blocks and spans of code, in which nothing is a link or heading."""
    text = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"^    .*$", "", text, flags=re.MULTILINE)
    return re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", text, flags=re.DOTALL)


def links_of(document: Path) -> list[str]:
    """Return the targets of the links and pictures of a document that lead to files of the project."""
    found = re.findall(r"\]\(([^()\s]+)\)", without_code(document.read_text(encoding="utf-8")))
    return [target for target in found if not re.match(r"[a-z]+:", target)]


def anchors_of(document: Path) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    named = {found[1] for heading in headings if (found := re.search(r"\{ ?#([\w-]+) ?\}$", heading))}
    return named | {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(documents: Sequence[Path]) -> Iterator[str]:
    for document in documents:
        for target in links_of(document):
            if "manual" in document.parts and MADE.fullmatch(target):
                continue
            path, _, anchor = target.partition("#")
            file = document.parent / path if path else document
            if not file.exists() or (anchor and anchor not in anchors_of(file)):
                yield f"{document.name}: {target}"


def test_every_link_of_the_documents_leads_to_a_file_and_heading_that_are_there() -> None:
    assert list(broken_links(find_documents(PROJECT))) == []


def test_a_link_to_a_missing_file_or_heading_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# A & B: c-d\n\n[1](b.md) [2](a.md#a--b-c-d) [3](#a--b-c-d) [4](c.md) ![5](d.png)\n"
        "[6](a.md#b) [7](#b) `[8](e.md)` [9](https://example.org)\n\n    [10](f.md)\n"
    )
    (tmp_path / "b.md").write_text("")
    assert list(broken_links(find_documents(tmp_path))) == ["a.md: c.md", "a.md: d.png", "a.md: a.md#b", "a.md: #b"]


def test_every_document_is_reached_from_the_readme() -> None:
    reached, waiting = set[Path](), [PROJECT / "README.md"]
    while waiting:
        document = waiting.pop()
        if document in reached or document.suffix != ".md":
            continue
        reached.add(document)
        there = (target for target in links_of(document) if not MADE.fullmatch(target))
        waiting += [(document.parent / target.partition("#")[0]).resolve() for target in there]
    assert [path for path in find_documents(PROJECT) if path not in reached] == []


def test_the_documents_that_the_program_names_are_there() -> None:
    named = {
        name
        for path in (PROJECT / "scripts").rglob("*")
        if path.suffix in {".py", ".js", ".html", ".j2", ".yml"}
        and "starter" not in path.parts  # it has documents of its own
        for name in re.findall(r"\b(?:docs/[\w/-]+|[A-Z]{4,})\.md\b", path.read_text(encoding="utf-8"))
    }
    assert "docs/manual/untrusted.md" in named
    assert [name for name in sorted(named) if not (PROJECT / name).is_file()] == []


def test_the_architecture_can_be_read_in_one_sitting() -> None:
    assert len((PROJECT / "ARCHITECTURE.md").read_bytes()) <= 8192


def modules_in(text: str) -> Iterator[str]:
    """Yield the modules that a document names: `values.dates`, `values/dates`, and those of the table of packages."""
    packages = [path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()]
    for package, name in re.findall(rf"`({'|'.join(packages)})[./](\w+)`", text):
        yield f"{package}/{name}"
    for package, names in re.findall(rf"^\| `({'|'.join(packages)})` \|[^|]*\|([^|]*)\|$", text, re.MULTILINE):
        yield from (f"{package}/{name}" for name in re.findall(r"\w+", names))


def test_the_modules_that_documents_name_are_there() -> None:
    missing = [
        f"{document.name}: {name}"
        for document in find_documents(PROJECT)
        for name in modules_in(document.read_text(encoding="utf-8"))
        if not (PACKAGE / f"{name}.py").is_file() and not (PACKAGE / name).is_dir()
    ]
    assert missing == []


def test_the_files_that_documents_name_are_there() -> None:
    roots = (PROJECT, PACKAGE / "web")  # the theme is called theme/, as an edition's own is
    named = re.compile(r"(?<![\w./-])(?:tests|benchmarks|scripts|docs|\.ci|theme/assets)/[\w./-]*\w")
    missing = [
        f"{document.name}: {name}"
        for document in find_documents(PROJECT)
        for name in named.findall(document.read_text(encoding="utf-8"))
        if not any((root / name).exists() for root in roots)
    ]
    assert missing == []


def test_modules_are_found_as_documents_name_them() -> None:
    table = "| `values` | plain values | dates, folios |\n| `cli` | the command line | |\n"
    assert list(modules_in(f"`values/words` and `values.findings`, not `values`\n\n{table}")) == [
        "values/words", "values/findings", "values/dates", "values/folios",
    ]  # fmt: skip


def decisions() -> list[Path]:
    return sorted(path for path in DECISIONS.iterdir() if path.name != "README.md")


@pytest.mark.parametrize("path", decisions(), ids=lambda path: path.stem)
def test_a_decision_has_its_number_date_and_parts(path: Path) -> None:
    head, *parts = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    named = re.fullmatch(r"(\d{4})-[a-z0-9-]+\.md", path.name)
    assert named
    assert re.fullmatch(rf"# {named[1]} · .+\n\n20\d\d-\d\d-\d\d\n\n", head)
    assert [part.partition("\n")[0] for part in parts] == PARTS
    assert all(part.partition("\n")[2].strip() for part in parts)


def test_decisions_are_numbered_without_a_gap_in_the_order_of_their_dates() -> None:
    assert [int(path.name[:4]) for path in decisions()] == list(range(1, len(decisions()) + 1))
    dates = [path.read_text(encoding="utf-8").splitlines()[2] for path in decisions()]
    assert dates == sorted(dates)


def test_the_index_names_each_decision_once_with_its_title() -> None:
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^- \[(.+)\]\((.+)\)$", index, re.MULTILINE)
    titles = [path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for path in decisions()]
    assert sorted(listed) == sorted(zip(titles, [path.name for path in decisions()], strict=True))


def test_no_page_names_a_wheel_of_a_version_which_the_next_release_would_make_wrong() -> None:
    named = [
        word
        for path in (PROJECT / "docs" / "manual").rglob("*.md")
        for word in re.findall(r"dosje-[^\s`)]*\.whl", path.read_text("utf-8"))
    ]
    assert set(named) == {"dosje-VERSION-py3-none-any.whl", "dosje-….whl"}
