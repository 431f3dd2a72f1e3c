"""Files: what is no file is a finding, and nothing is opened that could make us wait."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from conftest import Edition, find_all
from dosje.checking.edition import check_edition
from dosje.reading.files import FoundFiles, find_files, read_text, way_out
from dosje.reading.settings_file import read_settings
from dosje.site.composed import write_config
from dosje.values.findings import Finding, Span

_HINT = "take it out of the edition, or give it another name"


def test_files_are_found_at_whatever_depth_sorted_and_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.yml", "a/c.yml", "a/.git/d.yml", ".e.yml", "a-f.yml"):
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).touch()
    found = find_files(tmp_path / "content", tmp_path)
    names = [path.relative_to(tmp_path).as_posix() for path in found.files]
    assert (names, found.findings) == (["content/a/c.yml", "content/a-f.yml", "content/b.yml"], ())
    assert find_files(tmp_path / "nothing", tmp_path) == FoundFiles((), ())


def test_a_pipe_a_socket_and_a_link_to_nothing_are_findings_and_are_never_opened(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = edition({"content/persons/a.yml": "name: {family: A}\n", "bibliography/a.bib": ""})
    os.mkfifo(root / "content/persons/pipe.yml")
    os.mkfifo(root / "bibliography/pipe.bib")
    os.mkfifo(root / "content/places.yml")
    (root / "content/assets").mkdir()
    (root / "content/assets/gone.png").symlink_to("nowhere")
    with socket.socket(socket.AF_UNIX) as opened:
        monkeypatch.chdir(root / "content")  # the path of a socket may have only a hundred signs
        opened.bind("a-socket")
        found = [finding for finding in find_all(root) if finding.is_error]
    assert [(finding.span.path, finding.message) for finding in found] == [
        ("bibliography/pipe.bib", '"pipe.bib" is a pipe, which is never opened'),
        ("content/a-socket", '"a-socket" is a socket, which is never opened'),
        ("content/assets/gone.png", '"gone.png" is a link to nothing'),
        ("content/persons/pipe.yml", '"pipe.yml" is a pipe, which is never opened'),
        ("content/places.yml", '"places.yml" is a pipe, which is never opened'),
    ]
    assert {finding.hint for finding in found} == {_HINT}


def test_a_link_to_a_device_is_a_finding(edition: Edition) -> None:
    root = edition({"content/persons/a.yml": "name: {family: A}\n"})
    (root / "content/persons/b.yml").symlink_to("/dev/zero")
    errors = [finding for finding in find_all(root) if finding.is_error]
    message = '"b.yml" is a device, which is never opened'
    assert errors == [Finding(Span("content/persons/b.yml", 1, 1), "file-kind", message, _HINT)]


def test_a_name_that_is_no_text_is_shown_in_signs_that_can_be_typed(edition: Edition) -> None:
    root = edition({"content/persons/a.yml": "name: {family: A}\n"})
    for name in (b"\xff.yml", b"two\nlines.yml"):
        with open(os.fsencode(root) + b"/content/persons/" + name, "w") as file:
            file.write("name: {family: B}\n")
    errors = [finding for finding in find_all(root) if finding.is_error]
    assert [str(finding.span) for finding in errors] == [
        "content/persons/\\udcff.yml:1:1",
        "content/persons/two\\nlines.yml:1:1",
    ]


@pytest.mark.parametrize("kind", ["pipe", "folder", "nothing"])
def test_what_took_the_place_of_a_file_since_it_was_found_is_a_finding(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    text, findings = read_text(path, tmp_path)
    assert (text, [(str(finding.span), finding.code) for finding in findings]) == (None, [("a.yml:1:1", "file-kind")])


def test_a_file_is_read_up_to_its_limit_and_not_beyond(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("x" * 10)
    assert read_text(tmp_path / "a.bib", tmp_path, 10) == ("x" * 10, [])
    (tmp_path / "a.bib").write_text("x" * 11)
    text, findings = read_text(tmp_path / "a.bib", tmp_path, 10)
    assert (text, [finding.code for finding in findings]) == (None, ["too-large"])


def outside(root: Path) -> list[str]:
    """Return what is wrong with the files of an edition and the ways that lead out of it: place, code, message."""
    found = [finding for finding in find_all(root) if finding.is_error]
    return [f"{finding.span} {finding.code}: {finding.message}" for finding in found]


_LEADS_OUT = "outside-edition: {} leads out of the edition"
# Of each kind of file that is read, one, and the mkdocs.yml with which it is.
OF_EACH_KIND = {
    "content/persons/b.yml": "",
    "content/places.yml": "",
    "content/essays/b.md": "",
    "content/pages/b.md": "",
    "content/assets/b.txt": "",
    "bibliography/b.bib": "",
    "theme/main.html": "",
    "theme/.icons/a.svg": "",
    "looks/main.html": "theme: {custom_dir: looks}\n",
    "templates/person.md.j2": "",
    "docs/index.md": "docs_dir: docs\n",
    "docs/guide/leaf.png": "docs_dir: docs\n",
}


@pytest.mark.parametrize("name", OF_EACH_KIND)
def test_a_link_out_of_the_edition_is_a_finding_whatever_it_would_be_read_as(
    name: str, edition: Edition, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "secret"
    elsewhere.write_text("secret")
    root = edition(
        {"mkdocs.yml": f"site_name: A\n{OF_EACH_KIND[name]}", "content/persons/a.yml": "name: {family: A}\n"}
    )
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).symlink_to(elsewhere)
    shown = f'"{Path(name).name}"'
    assert outside(root) == [f"{name}:1:1 {_LEADS_OUT.format(shown)}"]
    (root / name).unlink()
    (root / name).symlink_to("/proc/self/environ")
    assert outside(root) == [f"{name}:1:1 {_LEADS_OUT.format(shown)}"]


@pytest.mark.parametrize("name", ["content", "content/persons", "content/assets/more", "bibliography", "theme", "docs"])
def test_a_link_to_a_folder_elsewhere_is_a_finding(
    name: str, edition: Edition, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "a.yml").write_text("name: {family: A}\n")
    root = edition({"mkdocs.yml": "site_name: A\n"})
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).symlink_to(elsewhere)
    assert outside(root) == [f"{name}:1:1 " + _LEADS_OUT.format(f'"{Path(name).name}"')]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("b.csv", []),
        ("../pages/a.md", []),
        ("../../bibliography/a.bib", []),
        ("../../.env", ['outside-edition: "a.txt" leads to what is hidden, or made by the program']),
        ("../../.build/mkdocs.yml", ['outside-edition: "a.txt" leads to what is hidden, or made by the program']),
        ("../../site/index.html", ['outside-edition: "a.txt" leads to what is hidden, or made by the program']),
        ("..", ['file-kind: "a.txt" is a link to a folder, which is not followed']),
        ("../..", ['outside-edition: "a.txt" leads out of the edition']),
        ("a.txt", ['file-kind: "a.txt" is a link that leads back to itself']),
        ("nowhere", ['file-kind: "a.txt" is a link to nothing']),
    ],
)
def test_a_link_may_lead_to_another_text_of_the_edition_and_to_nothing_else(
    target: str, expected: list[str], edition: Edition
) -> None:
    files = ("content/assets/b.csv", "bibliography/a.bib", ".env", ".build/mkdocs.yml", "site/index.html")
    root = edition({**dict.fromkeys(files, ""), "content/pages/a.md": "---\ntitle: A\n---\n"})
    (root / "content/assets/a.txt").symlink_to(target)
    assert outside(root) == [f"content/assets/a.txt:1:1 {one}" for one in expected]


def test_links_in_a_ring_are_findings(edition: Edition) -> None:
    root = edition({"content/persons/a.yml": "name: {family: A}\n"})
    (root / "content/persons/b.yml").symlink_to("c.yml")
    (root / "content/persons/c.yml").symlink_to("b.yml")
    (root / "content/persons/d").symlink_to("../persons")
    assert outside(root) == [
        'content/persons/b.yml:1:1 file-kind: "b.yml" is a link that leads back to itself',
        'content/persons/c.yml:1:1 file-kind: "c.yml" is a link that leads back to itself',
        'content/persons/d:1:1 file-kind: "d" is a link to a folder, which is not followed',
    ]


def test_the_edition_itself_may_be_reached_by_a_link(edition: Edition, tmp_path: Path) -> None:
    root = edition({"content/persons/a.yml": "name: {family: A}\n", "content/assets/a.txt": "a"})
    (root / "content/assets/b.txt").symlink_to("a.txt")
    link = tmp_path / "link"
    link.symlink_to(root)
    assert outside(link) == []
    assert way_out(link / "content", link) == "" == way_out(root / "content", root)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("INHERIT: ../base.yml", "mkdocs.yml:2:10 " + _LEADS_OUT.format('"../base.yml"')),
        ("INHERIT: /etc/hostname", "mkdocs.yml:2:10 " + _LEADS_OUT.format('"/etc/hostname"')),
        ("INHERIT: more/base.yml", "more/base.yml:1:10 " + _LEADS_OUT.format('"../../end.yml"')),
        ("INHERIT: more/hooks.yml", "more/hooks.yml:1:9 " + _LEADS_OUT.format('"../a.py"')),
        ("hooks: [../a.py]", "mkdocs.yml:2:9 " + _LEADS_OUT.format('"../a.py"')),
        ("watch: [src, /etc]", "mkdocs.yml:2:14 " + _LEADS_OUT.format('"/etc"')),
        ("theme: {custom_dir: ../looks}", "mkdocs.yml:2:21 " + _LEADS_OUT.format('"../looks"')),
        ("extra: {dosje: {citation_style: /tmp/a.csl}}", "mkdocs.yml:2:33 " + _LEADS_OUT.format('"/tmp/a.csl"')),
        ("plugins: [bibtex: {csl_file: ../a.csl}]", "mkdocs.yml:2:30 " + _LEADS_OUT.format('"../a.csl"')),
        (
            'plugins: [bibtex: {csl_file: "a\\0.csl"}]',
            'mkdocs.yml:2:30 outside-edition: "a\0.csl" is no name that a file can have',
        ),
    ],
)
def test_what_mkdocs_yml_names_elsewhere_is_found_in_its_place(given: str, expected: str, edition: Edition) -> None:
    files = {"more/base.yml": "INHERIT: ../../end.yml\n", "more/hooks.yml": "hooks: [../a.py]\n"}
    assert expected in outside(edition({"mkdocs.yml": f"site_name: A\n{given}\n", **files}))


def test_a_style_of_the_edition_may_not_lead_elsewhere_by_a_link(edition: Edition) -> None:
    root = edition({"mkdocs.yml": "site_name: A\nextra: {dosje: {citation_style: a.csl}}\n"})
    (root / "a.csl").symlink_to("/etc/hostname")
    assert outside(root) == ["mkdocs.yml:2:33 " + _LEADS_OUT.format('"a.csl"')]
    (root / "mkdocs.yml").unlink()
    (root / "mkdocs.yml").symlink_to("/etc/hostname")
    assert outside(root) == ["mkdocs.yml:1:1 outside-edition: mkdocs.yml leads out of the edition"]


def test_a_name_that_is_too_long_for_a_file_is_a_finding(edition: Edition) -> None:
    name = "a" * 300
    assert outside(edition({"mkdocs.yml": f"site_name: A\nhooks: [{name}]\n"})) == [
        f'mkdocs.yml:2:9 outside-edition: "{name}" is no name that a file can have'
    ]


def test_entities_in_a_style_are_refused(edition: Edition) -> None:
    style = '<!DOCTYPE style [<!ENTITY a SYSTEM "/etc/passwd">]><style class="note">&a;</style>'
    config = "site_name: A\nextra: {dosje: {citation_style: a.csl}}\n"
    found = check_edition(edition({"mkdocs.yml": config, "a.csl": style})).findings
    assert [finding.message for finding in found] == ['"a.csl" has a DOCTYPE, which no style needs']


def test_no_file_of_the_theme_is_a_copy_of_one_elsewhere(edition: Edition) -> None:
    root = edition({"theme/a.html": "", "theme/.icons/b.svg": "<svg/>"})
    (root / "theme/b.html").symlink_to("/etc/hostname")
    settings, findings = read_settings(root)
    assert settings is not None and [finding.code for finding in findings] == ["outside-edition"]
    write_config(settings, ())
    own = {path.relative_to(root / ".build/theme").as_posix() for path in (root / ".build/theme").rglob("*")}
    assert {"a.html", ".icons/b.svg"} <= own and "b.html" not in own
